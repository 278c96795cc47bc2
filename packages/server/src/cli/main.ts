import { once } from 'node:events'
import packageJson from '../../package.json' with { type: 'json' }
import { loadConfig } from '../config/config.ts'
import { claimImport } from './import/claim.ts'
import { importCommand } from './import/import-command.ts'
import { errorText } from './output.ts'
import { runProgram } from './program.ts'
import type { Parent } from './run/start-command.ts'
import { findServer, withServer } from './with-server.ts'

// The entry point of the command line. What is large, the server above all, is loaded by the commands that need it.

// The reader of a pipe may have enough before we are done, as head has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(process.exitCode ?? 0)
})
const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(text)

try {
  const { dataDir: defaultDataDir, placesMmdb } = loadConfig(process.env)
  const importing = importCommand({
    defaultDataDir,
    withServer: (dataDir, run) => withServer(dataDir, run, { mayCreate: true }),
    claim: claimImport,
    openPlaces: async () => (await import('../collect/place/places.ts')).openPlaces({ mmdbPath: placesMmdb }),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    setExitCode,
    onStop,
  })
  const exitCode = await runProgram(process.argv.slice(2), {
    defaultDataDir,
    version: packageJson.version,
    stdin: process.stdin,
    stdout: write(process.stdout),
    stderr: write(process.stderr),
    isTerminal: process.stderr.isTTY === true,
    loadConfig: (options, defaults) => loadConfig(process.env, options, defaults),
    startServer: async (config) => (await import('../main.ts')).startServer(config),
    startDemo: async (options) => (await import('../demo/start-demo.ts')).startDemo(options),
    importCommand: importing,
    withServer,
    findServer,
    untilStopped,
    onStop,
    parent: parentProcess(),
  })
  setExitCode(exitCode)
} catch (error) {
  process.stderr.write(errorText(error))
  setExitCode(1)
}

function setExitCode(code: number): void {
  if (code !== 0) process.exitCode = code
}

/** The first Ctrl-C is told to the command, for as long as it wants to hear of it. */
function onStop(stop: () => void): () => void {
  process.once('SIGINT', stop)
  return () => process.removeListener('SIGINT', stop)
}

/** The first signal asks to stop; the second one does not wait for it. */
async function untilStopped(): Promise<void> {
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)))
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
}

function parentProcess(): Parent | undefined {
  if (process.send === undefined) return undefined
  return {
    tell: (message) => void process.send?.(message),
    untilGone: async () => void (process.connected && (await once(process, 'disconnect'))),
  }
}
