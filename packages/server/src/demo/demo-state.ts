import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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

export async function writeDemoState(dataDir: string, state: DemoState): Promise<void> {
  await writeFileDurably(fileIn(dataDir), JSON.stringify(state))
}
