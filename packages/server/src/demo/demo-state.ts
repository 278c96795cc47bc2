import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { z } from 'zod'
import { writeFileDurably } from '../engines/files/durable-file.ts'

/** What the demo remembers between two starts: its company's first day, and up to when the events were sent. */
const DemoState = z.object({ firstDay: z.iso.date(), sentUntil: z.number() })
export type DemoState = Readonly<z.output<typeof DemoState>>

const fileIn = (dataDir: string) => join(dataDir, 'demo.json')

export async function readDemoState(dataDir: string): Promise<DemoState | undefined> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : DemoState.parse(JSON.parse(text))
}

/** Made-up events in a folder with data of one's own could not be told from them afterwards. */
export async function refuseOtherData(dataDir: string): Promise<void> {
  const files = await readdir(dataDir).catch((): string[] => [])
  if (files.length === 0 || files.includes('demo.json')) return
  throw new AppError('conflict', `The data directory ${dataDir} holds data that are not the demo's`, {
    hint: 'Name a folder for the demo with --data-dir, or an empty one with ALMANAC_DATA_DIR.',
  })
}

export async function writeDemoState(dataDir: string, state: DemoState): Promise<void> {
  await writeFileDurably(fileIn(dataDir), JSON.stringify(state))
}
