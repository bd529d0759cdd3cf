/**
 * What PostgreSQL prints when it cannot start is written for its administrators. Whoever starts Foyer is told in one
 * sentence what happened and what to do.
 */
export class PostgresError extends Error {
  override readonly name = 'PostgresError'
}

/** One sentence for what a PostgreSQL program printed before it gave up. */
export function explain(printed: string, dataDir: string): string {
  for (const [pattern, sentence] of known) {
    if (pattern.test(printed)) return sentence(dataDir)
  }
  return `PostgreSQL could not start from DATA_DIR ${dataDir}: ${lastWords(printed)}`
}

const known: readonly (readonly [RegExp, (dataDir: string) => string])[] = [
  [
    /could not (create|resize|map).*shared memory/is,
    () =>
      'PostgreSQL could not get its shared memory: free some memory, or lower shared_buffers in postgresql.conf, and start again.',
  ],
  [
    /no space left on device|check free disk space|disk is full|disk quota exceeded|ENOSPC|EDQUOT/i,
    (dataDir) => `The disk that holds DATA_DIR ${dataDir} is full: free some space and start again.`,
  ],
  [
    /read-only file system|EROFS/i,
    (dataDir) =>
      `DATA_DIR ${dataDir} lies on a read-only file system: mount it writable or set DATA_DIR to another directory.`,
  ],
  [
    /GLIBC(XX)?_[\d.]+' not found|ld-linux|setpriv: failed to execute .*no such file|spawn \S.* ENOENT/i,
    () =>
      'The PostgreSQL that comes with Foyer needs glibc 2.27 or newer, which this system lacks (Alpine has musl): use Debian, Ubuntu, Fedora or the like, or set DATABASE_URL to a PostgreSQL of your own.',
  ],
  [
    /incompatible with server/i,
    (dataDir) =>
      `The database in DATA_DIR ${dataDir} was made by another major version of PostgreSQL: start the release of Foyer that made it, export, and import here.`,
  ],
  [
    /could not locate a valid checkpoint record|invalid checkpoint record|incorrect checksum in control file/i,
    (dataDir) =>
      `The database in DATA_DIR ${dataDir} is damaged: put the last backup in its place and start again.`,
  ],
  [
    /permission denied|operation not permitted|wrong ownership|EACCES|EPERM/i,
    (dataDir) =>
      `DATA_DIR ${dataDir} or something in it belongs to another user of this machine: start Foyer as that user, or give the directory to the one who starts it (chown -R).`,
  ],
  [
    /could not bind|address already in use/i,
    () => 'The port on which PostgreSQL was to listen was taken a moment before: start again.',
  ],
  [
    /cannot allocate memory|out of memory|ENOMEM/i,
    () => 'There is not enough memory to start PostgreSQL: free about 200 MB and start again.',
  ],
]

function lastWords(printed: string): string {
  const lines = printed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const telling = lines.find((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1)
  return telling ?? 'it ended without a word.'
}
