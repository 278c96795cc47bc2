import { expect, test } from 'vitest'
import { captured, listening } from '../testing/captured.ts'
import { biCommand } from './bi-command.ts'

const CONNECTION = {
  host: '127.0.0.1',
  port: 41873,
  isEncrypted: false,
  database: 'bi',
  user: 'almanac_reader',
  isEmbedded: true,
  views: ['web_day'],
  problems: [{ view: 'shop_day', reason: 'there is no column' }],
}

async function run(args: readonly string[], connection: object = CONNECTION): Promise<string> {
  const url = await listening(({ url }, response) =>
    response.end(JSON.stringify(url === '/api/v1/bi/password' ? { password: 'secret' } : connection)),
  )
  const { printed, deps } = captured(url)
  const command = biCommand(deps)
  await command.parseAsync(args, { from: 'user' })
  return printed.stdout
}

test('all that a tool asks for is printed, and how to reach an embedded engine', async () => {
  const text = await run(['connection'])
  for (const part of ['41873', 'bi', 'almanac_reader', 'secret', 'not made  shop_day: there is no column']) {
    expect(text).toContain(part)
  }
  expect(text).toContain('ssh -N -L 41873:127.0.0.1:41873')
})

test('an engine of its own needs no tunnel', async () => {
  expect(await run(['connection'], { ...CONNECTION, isEmbedded: false })).not.toContain('ssh')
})

test('as JSON it has everything, too', async () => {
  expect(JSON.parse(await run(['connection', '--json']))).toEqual({ ...CONNECTION, password: 'secret' })
})
