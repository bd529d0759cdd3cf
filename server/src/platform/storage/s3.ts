import { Readable } from 'node:stream'
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { Bucket } from '../config.ts'
import { counted } from './counted.ts'
import { readLater } from './read-later.ts'
import { demandKey, Missing, type Storage } from './storage.ts'

const ignore = () => undefined

/** So many are removed with one request. */
const removedAtOnce = 1_000

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

  return {
    async put(key, content, bytes) {
      const at = objectOf(key)
      const body = Readable.from(counted(content, bytes), { objectMode: false })
      const given = new AbortController()
      // The client does not hear of a source that breaks, and waits for the rest of it.
      let broken: Error | null = null
      body.on('error', (error) => {
        broken = error
        given.abort()
      })
      await client
        .send(new PutObjectCommand({ ...at, Body: body, ContentLength: bytes }), {
          abortSignal: given.signal,
        })
        .catch((error: unknown) => {
          throw broken ?? error
        })
        .finally(() => body.destroy())
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

    async remove(removed) {
      const under = objectOf(removed).Key
      for (let more = true; more; ) {
        const found = await client.send(
          // Behind the segment, so that no other that begins alike goes with it.
          new ListObjectsV2Command({ Bucket: bucket, Prefix: `${under}/`, MaxKeys: removedAtOnce }),
        )
        const objects = (found.Contents ?? []).flatMap(({ Key }) => (Key ? [{ Key }] : []))
        const gone = [{ Key: under }, ...objects].slice(0, removedAtOnce)
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: gone, Quiet: true } }),
        )
        if (Errors.length > 0) throw new Error(`The bucket keeps ${Errors[0]?.Key}: ${Errors[0]?.Message}`)
        more = found.IsTruncated ?? false
      }
    },
  }
}
