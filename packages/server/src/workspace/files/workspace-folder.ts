import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import type { Config } from '../../config/config.ts'

/** The folder that is named, or the one in the data directory when there is one. Fails when the named one is not there. */
export function workspaceFolder({ workspace, dataDir }: Pick<Config, 'workspace' | 'dataDir'>): string | undefined {
  if (workspace === undefined) {
    const usual = resolve(dataDir, 'workspace')
    return isFolder(usual) ? usual : undefined
  }
  const folder = resolve(workspace)
  if (isFolder(folder)) return folder
  throw new AppError('invalid_config', `There is no folder ${folder} for the workspace`, {
    hint: `Make one with: almanac workspace init ${workspace}`,
  })
}

/** Where the last good state is kept. */
export const rememberedPath = (dataDirectory: string) => join(dataDirectory, 'workspace.json')

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}
