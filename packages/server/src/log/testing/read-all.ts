import { type LogFrame, openLogReader } from '../log-reader.ts'
import type { LogDamage } from '../segments/scan-segment.ts'

interface WholeLog {
  readonly frames: readonly LogFrame[]
  readonly damage: readonly LogDamage[]
}

/** Everything from `from` to `upTo`, read in blocks of `maxBytes`. */
export async function readAll(directory: string, upTo: number, from = 0, maxBytes?: number): Promise<WholeLog> {
  const reader = openLogReader(directory, from)
  const frames: LogFrame[] = []
  const damage: LogDamage[] = []
  try {
    for (let at = from; at < upTo; ) {
      const part = await reader.read(maxBytes === undefined ? { upTo } : { upTo, maxBytes })
      if (part.next <= at) throw new Error(`the reader does not get past ${at}`)
      frames.push(...part.frames)
      damage.push(...part.damage)
      at = part.next
    }
  } finally {
    await reader.close()
  }
  return { frames, damage }
}

export async function readTexts(directory: string, upTo: number): Promise<string[]> {
  const { frames } = await readAll(directory, upTo)
  return frames.map(({ payload }) => payload.toString())
}
