import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { writeFileDurably } from './durable-file.ts'

const SECRET_BYTES = 32
const SECRET_PATTERN = /^[A-Za-z0-9_-]{43}$/

/**
 * The secret of that name in `secrets/`, made on first use: 32 random bytes as base64url in a file of mode 0600. Only
 * the process that holds the lock of the data directory may call it.
 */
export async function readOrCreateSecret(dataDir: string, name: string): Promise<string> {
  const path = join(dataDir, 'secrets', name)
  const existing = await readSecret(path)
  if (existing !== undefined) return existing

  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  await writeFileDurably(path, secret)
  return secret
}

async function readSecret(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  // A secret that was cut short must not be replaced silently: the engines were set up with the old one.
  if (!SECRET_PATTERN.test(text.trim())) {
    throw new AppError('invalid_config', `The secret in ${path} is damaged: expected 43 characters of base64url`, {
      hint: 'Restore the file from a backup of the data directory.',
    })
  }
  return text.trim()
}
