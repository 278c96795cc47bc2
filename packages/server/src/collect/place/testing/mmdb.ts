/**
 * A small database in the MMDB format, as the makers of such databases write them: a binary tree over the bits of an address,
 * then the records, then a description. Networks as `198.51.100.0/24`; IPv4 alone.
 */
export function mmdbOf(networks: Readonly<Record<string, unknown>>, databaseType = 'Test-City'): Buffer {
  const nodes: [Slot, Slot][] = [[undefined, undefined]]
  const records: Buffer[] = []
  let offset = 0
  for (const [network, record] of Object.entries(networks)) {
    const data = encoded(record)
    insert(nodes, network, { offset })
    records.push(data)
    offset += data.length
  }
  const tree = Buffer.concat(nodes.map((node) => Buffer.concat(node.map((slot) => pointer(slot, nodes.length)))))
  const description = encoded({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    database_type: databaseType,
    ip_version: 4,
    node_count: nodes.length,
    record_size: 24,
  })
  return Buffer.concat([
    tree,
    Buffer.alloc(16),
    ...records,
    Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'),
    description,
  ])
}

type Slot = number | { readonly offset: number } | undefined

function insert(nodes: [Slot, Slot][], network: string, leaf: { readonly offset: number }): void {
  const [address = '', length = '32'] = network.split('/')
  const bits = address.split('.').map((octet) => Number(octet).toString(2).padStart(8, '0'))
  let at = 0
  for (const [depth, bit] of [...bits.join('').slice(0, Number(length))].entries()) {
    const node = nodes[at] as [Slot, Slot]
    const side = bit === '1' ? 1 : 0
    if (depth === Number(length) - 1) {
      node[side] = leaf
      return
    }
    const next = node[side]
    if (typeof next === 'number') at = next
    else {
      at = nodes.push([undefined, undefined]) - 1
      node[side] = at
    }
  }
}

/** Less than the number of nodes is a node, the number itself is nothing, more is a record behind the tree and its gap. */
function pointer(slot: Slot, nodeCount: number): Buffer {
  const bytes = Buffer.alloc(3)
  bytes.writeUIntBE(
    slot === undefined ? nodeCount : typeof slot === 'number' ? slot : nodeCount + 16 + slot.offset,
    0,
    3,
  )
  return bytes
}

const TEXT = 2
const UINT32 = 6
const MAP = 7

function encoded(value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(TEXT, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([control(UINT32, 4), bytes])
  }
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([value.length, 4]), ...value.map(encoded)])
  const entries = Object.entries(value as object)
  return Buffer.concat([
    control(MAP, entries.length),
    ...entries.flatMap(([key, item]) => [encoded(key), encoded(item)]),
  ])
}

const control = (type: number, size: number) => Buffer.from([(type << 5) | size])
