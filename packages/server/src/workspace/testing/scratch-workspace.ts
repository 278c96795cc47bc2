import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder for one test, which is gone at its end. */
export interface ScratchWorkspace extends AsyncDisposable {
  readonly folder: string
  write(file: string, text: string): Promise<void>
  remove(file: string): Promise<void>
}

export async function scratchWorkspace(files: Readonly<Record<string, string>> = {}): Promise<ScratchWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac workspace-'))
  const scratch: ScratchWorkspace = {
    folder,
    async write(file, text) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), text)
    },
    remove: (file) => rm(join(folder, file), { recursive: true }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
  for (const [file, text] of Object.entries(files)) await scratch.write(file, text)
  return scratch
}
