import { expect, test } from 'vitest'
import { COUNTING_BLOCK_BYTES, countingStart, createContentIds } from './content-ids.ts'

const SCOPE = { source: 'website', environment: 'production', stream: '', identityKey: Buffer.alloc(32, 1) } as const
const MIB = 1024 * 1024
const line = (text: string) => Buffer.from(text)

/** Ids of lines given with their offsets. */
function idsOf(lines: readonly (readonly [string, number])[], scope: Parameters<typeof createContentIds>[0] = SCOPE) {
  const ids = createContentIds(scope)
  return lines.map(([text, offset]) => ids.idOf(line(text), offset))
}

test('the same file gives the same ids, all of them different, though lines repeat', () => {
  const lines = ['a', 'b', 'a', 'a', 'b'].map((text, index) => [text, index * 2] as const)
  expect(idsOf(lines)).toEqual(idsOf(lines))
  expect(new Set(idsOf(lines)).size).toBe(5)
})

test.each([
  { what: 'source', scope: { ...SCOPE, source: 'app' } },
  { what: 'environment', scope: { ...SCOPE, environment: 'sandbox' } as const },
  { what: 'stream', scope: { ...SCOPE, stream: 'web2' } },
  { what: 'identity key', scope: { ...SCOPE, identityKey: Buffer.alloc(32, 2) } },
])('another $what gives other ids', ({ scope }) => {
  expect(idsOf([['a', 0]], scope)).not.toEqual(idsOf([['a', 0]]))
})

test('names do not run into each other', () => {
  expect(idsOf([['a', 0]], { ...SCOPE, source: 'web', stream: 'site' })).not.toEqual(
    idsOf([['a', 0]], { ...SCOPE, source: 'website' }),
  )
})

test.each([0, 1, 3 * MIB, 7.9 * MIB])(
  'twins within 8 MiB keep their ids when the file begins %d bytes later',
  (shift) => {
    const lines = [0, 1, 5, 7.99].map((mib) => ['twin', Math.floor(mib * MIB)] as const)
    const moved = lines.map(([text, offset]) => [text, offset + Math.floor(shift)] as const)
    expect(idsOf(moved)).toEqual(idsOf(lines))
  },
)

test('a line longer than the scratch space has its own id', () => {
  const long = 'x'.repeat(200_000)
  expect(
    new Set(
      idsOf([
        [long, 0],
        [`${long}y`, 300_000],
        ['x', 600_000],
      ]),
    ).size,
  ).toBe(3)
})

test('who begins at the counting start gets the ids of who began at the start of the file, for any place', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const lines: (readonly [string, number])[] = []
  for (let offset = 0; offset < 6 * COUNTING_BLOCK_BYTES; offset += 1 + random(100_000)) {
    lines.push([`line ${random(20)}`, offset])
  }
  const whole = idsOf(lines)
  for (let round = 0; round < 50; round++) {
    const cut = random(lines.length)
    const from = lines.findIndex(([, offset]) => offset >= countingStart(lines[cut]?.[1] ?? 0))
    expect(idsOf(lines.slice(from)).slice(cut - from)).toEqual(whole.slice(cut))
  }
})
