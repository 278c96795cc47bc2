/**
 * A process of its own that opens a data directory, starts the engines if asked to, prints one line of JSON, and then
 * waits to be killed. Usage: node hold-data-directory.ts DIRECTORY engines|lock
 */
import { AppError } from '@almanac/core/errors.ts'
import { openDataDirectory } from '../../src/engines/files/data-directory.ts'
import { startEngines } from '../../src/engines/start-engines.ts'

const [path = '', what] = process.argv.slice(2)
try {
  const directory = await openDataDirectory(path)
  const engines = what === 'engines' ? await startEngines({ directory }) : undefined
  console.log(JSON.stringify({ status: engines?.status() ?? 'locked', postgresUrl: engines?.postgresUrl }))
} catch (error) {
  console.log(JSON.stringify({ status: error instanceof AppError ? error.code : String(error) }))
}
setInterval(() => {}, 60_000)
