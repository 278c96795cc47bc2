import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { segmentBase } from '../position.ts'

/** A segment is written under this ending until its header is on disk. */
export const DRAFT_ENDING = '.new'

/** The first positions of all segments in a log's directory, ascending. */
export async function listSegments(directory: string): Promise<number[]> {
  const names = await readdir(directory)
  return names
    .map(segmentBase)
    .filter((base) => base !== undefined)
    .sort((a, b) => a - b)
}

/** Drafts that a crash left behind hold nothing that was ever acknowledged. */
export async function removeDrafts(directory: string): Promise<void> {
  const names = await readdir(directory)
  for (const name of names.filter((name) => name.endsWith(DRAFT_ENDING))) await rm(join(directory, name))
}
