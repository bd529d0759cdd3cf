/**
 * What the cluster's postgresql.conf says from the start, for a small machine that serves everything: about 35 MB at
 * rest. An administrator may change it there.
 */
export const tunedSettings = {
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  random_page_cost: '1.1',
  // Compiling pays for long analytical queries only, and costs short ones their latency.
  jit: 'off',
  wal_compression: 'on',
  max_wal_senders: '2',
  max_logical_replication_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Errors of queries reach the one who asked; in the log they would quote what people wrote.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
} satisfies Record<string, string>

/** What is passed at every start, over postgresql.conf: nothing acknowledged may be lost, and our log reads the rest. */
export function fixedSettings(given: { mark: string; durable: boolean }): Record<string, string> {
  const durable = given.durable ? 'on' : 'off'
  return {
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
    cluster_name: given.mark,
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '',
  }
}
