import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config/config.ts'
import { workspaceFolder } from '../workspace/files/workspace-folder.ts'

/** The made-up company's own definitions; who names a folder, or has one in the data directory, sees those instead. */
export function demoWorkspace(config: Pick<Config, 'workspace' | 'dataDir'>): string | undefined {
  if (config.workspace !== undefined || workspaceFolder(config) !== undefined) return config.workspace
  const ours = fileURLToPath(new URL('../../../../examples/tidelight', import.meta.url))
  return existsSync(ours) ? ours : undefined
}
