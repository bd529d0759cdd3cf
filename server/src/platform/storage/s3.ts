import { Readable } from 'node:stream'
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { Bucket } from '../config.ts'
import { counted } from './counted.ts'
import { readLater } from './read-later.ts'
import { demandKey, Missing, type Storage } from './storage.ts'

const ignore = () => undefined

/** So many are listed, or removed, with one request. */
const atOnce = 1_000

/** Stores in a bucket. What is answered is kept: that is S3's own promise. */
export function openBucket(settings: Bucket): Storage {
  const { bucket, prefix, endpoint, region, accessKeyId, secretAccessKey } = settings
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    // Servers that are not Amazon's take the trailers of a checksum for content.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // What fails is thrown, and told by whoever asked.
    logger: { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore },
  })
  const objectOf = (key: string) => ({ Bucket: bucket, Key: prefix + demandKey(key) })
  /** Whether the server can be told to keep what is there; some refuse to be told. */
  let knowsConditions = true

  async function isThere(key: string): Promise<boolean> {
    try {
      await client.send(new HeadObjectCommand(objectOf(key)))
      return true
    } catch (error) {
      if (statusOf(error) === 404) return false
      throw error
    }
  }

  /** Keys under some segments, and whether there are more of them. */
  const page = (under: string, after?: string) =>
    client.send(
      // Behind the segment, so that no other that begins alike goes with it.
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: `${under}/`,
        MaxKeys: atOnce,
        ContinuationToken: after,
      }),
    )

  return {
    async put(key, content, bytes) {
      if (await isThere(key)) {
        for await (const _ of counted(content, bytes));
        return false
      }
      const body = Readable.from(counted(content, bytes), { objectMode: false })
      const given = new AbortController()
      // The client does not hear of a source that breaks, and waits for the rest of it.
      let broken: Error | null = null
      body.on('error', (error) => {
        broken = error
        given.abort()
      })
      const unlessThere = knowsConditions ? ({ IfNoneMatch: '*' } as const) : {}
      try {
        await client.send(
          new PutObjectCommand({ ...objectOf(key), ...unlessThere, Body: body, ContentLength: bytes }),
          { abortSignal: given.signal },
        )
        return true
      } catch (error) {
        if (broken) throw broken
        // Another one came first.
        if (statusOf(error) === 412) return false
        if (statusOf(error) === 501) knowsConditions = false
        throw error
      } finally {
        body.destroy()
      }
    },

    read: (key, { from, to }) =>
      readLater(async () => {
        if (to <= from) return Readable.from([])
        try {
          const { Body } = await client.send(
            new GetObjectCommand({ ...objectOf(key), Range: `bytes=${from}-${to - 1}` }),
          )
          // In Node it is a stream of Node's.
          return Body as Readable
        } catch (error) {
          throw (error as Error).name === 'NoSuchKey' ? new Missing(key, { cause: error }) : error
        }
      }),

    async list(asked) {
      const under = objectOf(asked).Key
      const names: string[] = []
      let after: string | undefined
      do {
        const found = await page(under, after)
        for (const { Key = '' } of found.Contents ?? []) names.push(Key.slice(under.length + 1))
        after = found.NextContinuationToken
      } while (after !== undefined)
      return names.filter((name) => !name.includes('/'))
    },

    async remove(removed) {
      const under = objectOf(removed).Key
      for (let more = true; more; ) {
        const found = await page(under)
        const objects = (found.Contents ?? []).flatMap(({ Key }) => (Key ? [{ Key }] : []))
        const gone = [{ Key: under }, ...objects].slice(0, atOnce)
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: gone, Quiet: true } }),
        )
        if (Errors.length > 0) throw new Error(`The bucket keeps ${Errors[0]?.Key}: ${Errors[0]?.Message}`)
        more = found.IsTruncated ?? false
      }
    },
  }
}

/** The status that the server answered with; undefined where it did not answer. */
function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
}
