// Runs the tests of a project in two processes beside each other, half of the files in each: most of what they wait for is not
// the processor (a server that starts, a minute that has to pass), and one after the other they would take twice as long.
// Usage: node test/side-by-side.ts PROJECT
import { spawn } from 'node:child_process'

const project = process.argv[2]
if (!project) throw new Error('expected the name of a project in vitest.config.ts')

const exitCodes = await Promise.all(
  ['1/2', '2/2'].map((shard) => vitest(['run', '--project', `${project}`, '--shard', shard])),
)
process.exitCode = Math.max(...exitCodes)

/** Its lines come out whole, so those of two can be told apart; resolves with its exit code. */
function vitest(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('vitest', args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
