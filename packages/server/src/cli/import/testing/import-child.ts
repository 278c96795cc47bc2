import { importCommand } from '../import-command.ts'

/** `almanac import` in a process of its own, for a test that kills it. Arguments: the server's URL and token, the file. */
const [url = '', token = '', file = ''] = process.argv.slice(2)
const command = importCommand({
  withServer: (_dataDir, run) => run({ url, token }),
  claim: async () => ({ [Symbol.asyncDispose]: async () => {} }),
  openPlaces: async () => ({ placeOf: () => undefined, close: () => {} }),
  defaultDataDir: 'data',
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  setExitCode: (code) => {
    process.exitCode = code
  },
  onStop: () => () => {},
})
const flags = ['--format', 'combined', '--source', 'website', '--identity', 'stable', '--json']
await command.parseAsync([file, ...flags], { from: 'user' })
