import { expect, test } from 'vitest'
import { mergeTree, onCluster } from './table-engines.ts'

test.each([
  { cluster: '', engine: 'ReplacingMergeTree(version)', clause: '' },
  { cluster: 'main', engine: 'ReplicatedReplacingMergeTree(version)', clause: `ON CLUSTER 'main'` },
  { cluster: '{cluster}', engine: 'ReplicatedReplacingMergeTree(version)', clause: `ON CLUSTER '{cluster}'` },
])('on the cluster "$cluster" a table is $engine', ({ cluster, engine, clause }) => {
  expect(mergeTree('ReplacingMergeTree', cluster, 'version')).toBe(engine)
  expect(onCluster(cluster)).toBe(clause)
})

test('an engine without arguments has no brackets', () => {
  expect(mergeTree('MergeTree', '')).toBe('MergeTree')
})
