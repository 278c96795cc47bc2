/**
 * Remembers which client ids came in the last week, in a Bloom filter: a "no" is certain, a "yes" is asked of the
 * tables. So an event that comes for the first time, which is nearly every one, costs no query.
 *
 * Two generations of seven days each: an id is remembered for at least seven days and at most fourteen. A generation grows
 * by adding filters of twice the size, so that a small server needs kilobytes, and a filter that is over its bound only says
 * "perhaps" more often: it never forgets.
 */
export interface RecentIds {
  /** False is certain. */
  mayHold(id: string): boolean
  add(id: string, nowMs: number): void
  readonly sizeBytes: number
}

const GENERATION_MS = 7 * 86_400_000
/** 16 bits for each id and 8 probes: about one false alarm in 1,700. */
const BITS_PER_ID = 16
const PROBES = 8
const FIRST_CAPACITY = 1 << 16
const MAX_CAPACITY = 1 << 25

export function recentIds(nowMs: number): RecentIds {
  let current: Filter[] = [newFilter(FIRST_CAPACITY)]
  let previous: Filter[] = []
  let since = nowMs

  return {
    mayHold: (id) => {
      const [a, b] = hashes(id)
      return current.some((filter) => has(filter, a, b)) || previous.some((filter) => has(filter, a, b))
    },
    add: (id, now) => {
      if (now - since >= GENERATION_MS) {
        previous = current
        current = [newFilter(FIRST_CAPACITY)]
        since = now
      }
      let filter = current.at(-1) as Filter
      if (filter.count >= filter.capacity && filter.capacity < MAX_CAPACITY) {
        filter = newFilter(filter.capacity * 2)
        current.push(filter)
      }
      const [a, b] = hashes(id)
      insert(filter, a, b)
    },
    get sizeBytes() {
      return [...current, ...previous].reduce((sum, filter) => sum + filter.words.byteLength, 0)
    },
  }
}

interface Filter {
  readonly words: Uint32Array
  readonly mask: number
  readonly capacity: number
  count: number
}

function newFilter(capacity: number): Filter {
  const bits = capacity * BITS_PER_ID
  return { words: new Uint32Array(bits / 32), mask: bits - 1, capacity, count: 0 }
}

// Ids are UUIDs made by SHA-256 (`collect/event-id.ts`), so their digits are as good as a hash. The version and variant digits are left out.
function hashes(id: string): [number, number] {
  return [Number.parseInt(id.slice(0, 8), 16), Number.parseInt(id.slice(28, 36), 16) | 1]
}

function has({ words, mask }: Filter, a: number, b: number): boolean {
  for (let i = 0, bit = a; i < PROBES; i++, bit = (bit + b) >>> 0) {
    const at = bit & mask
    if (((words[at >>> 5] as number) & (1 << (at & 31))) === 0) return false
  }
  return true
}

function insert(filter: Filter, a: number, b: number): void {
  const { words, mask } = filter
  for (let i = 0, bit = a; i < PROBES; i++, bit = (bit + b) >>> 0) {
    const at = bit & mask
    words[at >>> 5] = (words[at >>> 5] as number) | (1 << (at & 31))
  }
  filter.count++
}
