import { realpath } from 'node:fs/promises'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { checkWorkspace, type WorkspaceContent } from './check-workspace.ts'
import { type LoadOptions, loadFiles } from './files/load-files.ts'
import { listWorkspace } from './files/workspace-files.ts'

export interface LoadedWorkspace extends WorkspaceContent {
  /** Of the files as they were before they were loaded. */
  readonly fingerprint: string
}

/** Everything that is defined in a folder, and everything that is wrong with it. */
export async function loadWorkspace(
  folder: string,
  readyCubes: readonly CubeDefinition[],
  options: LoadOptions = {},
): Promise<LoadedWorkspace> {
  const { files, fingerprint } = await listWorkspace(folder)
  const loaded = await loadFiles({ folder: await realpath(folder), files }, options)
  return { ...checkWorkspace(loaded, readyCubes, Temporal.Now.instant()), fingerprint }
}
