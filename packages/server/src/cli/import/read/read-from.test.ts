import { expect, test } from 'vitest'
import { COUNTING_BLOCK_BYTES } from '../../../collect/events/content-ids.ts'
import { LOG_FORMATS } from '../../../collect/log-formats/log-formats.ts'
import { OPEN_POLICY } from '../../../collect/policy/source-policy.ts'
import { readLines } from '../../../collect/read/line-reader.ts'
import type { TextSource } from '../../../collect/read/text-source.ts'
import { createLineEncoder, type EncodedLine, type SentLine } from './line-encoder.ts'
import { readFrom } from './read-from.ts'

const newEncoder = () =>
  createLineEncoder({
    format: LOG_FORMATS.common,
    scope: { source: 'website', environment: 'production', stream: '', identityKey: Buffer.alloc(32, 1) },
    identity: 'stable',
    policy: OPEN_POLICY,
    saltsOf: async () => new Map(),
    fileName: 'access.log',
    nowMs: Date.parse('2026-01-15T12:00:00Z'),
  })

function sourceOf(text: Buffer): TextSource {
  async function* read(from: number): AsyncGenerator<Buffer> {
    for (let at = from; at < text.length; at += 100_003) yield text.subarray(at, at + 100_003)
  }
  return { name: 'access.log', head: text.subarray(0, 65_536), read, readBytes: () => 0, close: async () => {} }
}

let seed = 11
const random = (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}

/** Three blocks and more of few different lines, so that nearly every line has twins; empty, broken and long ones too. */
function repetitiveLog(): Buffer {
  const parts: string[] = []
  for (let size = 0; size < 3.3 * COUNTING_BLOCK_BYTES; ) {
    const kind = random(1000)
    const request = kind < 900 ? `GET /${random(50)} HTTP/1.1` : `GET /${'x'.repeat(random(4000))} HTTP/1.1`
    const minute = String(Math.floor(size / 1_000_000)).padStart(2, '0')
    const line = `192.0.2.${random(3)} - - [17/May/2015:10:${minute}:03 +0000] "${request}" 200 5`
    const part = kind === 999 ? '\n\n' : kind === 998 ? 'broken\r\n' : `${line}\n`
    parts.push(part)
    size += part.length
  }
  return Buffer.from(parts.join(''))
}

const sent = (lines: readonly EncodedLine[]) => lines.filter((line) => 'json' in line)

test('whoever goes on at any line sends what would have been sent without the interruption', async () => {
  const text = repetitiveLog()
  const encoder = newEncoder()
  const whole: SentLine[] = []
  for await (const { lines } of readLines(sourceOf(text).read(0))) whole.push(...sent(await encoder.encode(lines)))
  expect(new Set(whole.map(({ json }) => json)).size).toBe(whole.length)

  const block = (n: number) => whole.findIndex(({ line }) => line.offset >= n * COUNTING_BLOCK_BYTES)
  const edges = [1, 2, 3].flatMap((n) => [block(n) - 1, block(n), block(n) + 1])
  for (const cut of [0, 1, ...edges, ...Array.from({ length: 8 }, () => random(whole.length - 10))]) {
    const at = whole[cut]?.line
    if (!at) throw new Error(`there is no line ${cut}`)
    const resumed = newEncoder()
    const again: SentLine[] = []
    for await (const { lines } of readFrom(sourceOf(text), { bytes: at.offset, lines: at.number - 1 }, resumed)) {
      again.push(...sent(await resumed.encode(lines)))
      if (again.length > 2000) break
    }
    const place = ({ json, line }: SentLine) => [line.number, line.offset, json]
    expect(again.map(place)).toEqual(whole.slice(cut, cut + again.length).map(place))
  }
}, 60_000)
