import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LOG_FORMAT_NAMES } from '../collect/log-formats/log-formats.ts'
import { loadConfig } from '../config/config.ts'
import { importCommand } from './import/import-command.ts'
import { buildProgram } from './program.ts'
import { commandReference } from './testing/command-reference.ts'

const never = () => {
  throw new Error('no command runs here')
}
const nowhere = {
  stdin: process.stdin,
  stdout: () => undefined,
  stderr: () => undefined,
  setExitCode: never,
  onStop: never,
}

function program() {
  const defaultDataDir = './almanac-data'
  const importing = importCommand({
    ...nowhere,
    defaultDataDir,
    withServer: never,
    claim: never,
    openPlaces: never,
    stdout: process.stdout,
    stderr: process.stderr,
  })
  return buildProgram({
    ...nowhere,
    defaultDataDir,
    version: '0',
    isTerminal: false,
    loadConfig: (options) => loadConfig({}, options),
    startServer: never,
    startDemo: never,
    importCommand: importing,
    withServer: never,
    findServer: never,
    untilStopped: never,
    parent: undefined,
  })
}

// When a command has changed: vitest run --project unit packages/server/src/cli/command-reference.test.ts -u
test('the page about the command line says what the help says', async () => {
  const page = join(import.meta.dirname, '../../../../docs/reference/command-line.md')
  await expect(commandReference(program())).toMatchFileSnapshot(page)
})

test.each(LOG_FORMAT_NAMES)('in the list of log formats, %s stands apart from what it means', (name) => {
  expect(commandReference(program())).toMatch(new RegExp(`^  ${name} {2,}\\S`, 'm'))
})
