import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readOrCreateSecret } from '../../engines/files/secrets.ts'
import type { SetupTokenFile } from '../first-admin.ts'

const NAME = 'setup-token'

export function setupTokenFile(dataDir: string): SetupTokenFile {
  return {
    read: () => readOrCreateSecret(dataDir, NAME),
    remove: () => rm(join(dataDir, 'secrets', NAME), { force: true }),
  }
}
