/**
 * The one place where tables get their engines. On a cluster every table is replicated and every definition goes to all
 * nodes; on a single node both are plain. `cluster` is the name of the cluster, empty on a single node.
 */
type MergeTreeKind = 'MergeTree' | 'ReplacingMergeTree' | 'SummingMergeTree' | 'AggregatingMergeTree'

/**
 * For `ENGINE = …`. The arguments are those of the kind itself, such as the version column of a ReplacingMergeTree. The
 * replication path and the replica's name come from the `default_replica_path` and macros of the servers.
 */
export function mergeTree(kind: MergeTreeKind, cluster: string, ...args: readonly string[]): string {
  const engine = cluster === '' ? kind : `Replicated${kind}`
  return args.length === 0 ? engine : `${engine}(${args.join(', ')})`
}

/** For behind the name in CREATE, ALTER and DROP. Also takes a macro of the servers, such as `{cluster}`. */
export function onCluster(cluster: string): string {
  return cluster === '' ? '' : `ON CLUSTER '${cluster}'`
}
