import { afterEach, expect, test } from 'vitest'
import { memoryLinks, testLink } from '../../attribution/testing/memory-links.ts'
import type { TrackingLinks } from '../../attribution/tracking-links.ts'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../../http/test-app.ts'
import { captured } from '../testing/captured.ts'
import { linksCommand } from './links-command.ts'

let tested: TestApp | undefined
afterEach(() => tested?.app.close())

/** Runs the command against the real routes over links in memory. */
async function run(args: string[], links: TrackingLinks = memoryLinks()) {
  tested = await buildTestApp({ links, publicUrl: 'https://stats.example.com' })
  const url = await tested.app.listen({ port: 0, host: '127.0.0.1' })
  const { printed, deps } = captured(url, { token: LOCAL_TOKEN })
  const command = linksCommand(deps)
  command.exitOverride()
  for (const child of command.commands) child.exitOverride().configureOutput({ writeErr: deps.stderr })
  await command.parseAsync(args, { from: 'user' })
  return printed
}

test('links create makes the link and prints its address and nothing else', async () => {
  const links = memoryLinks()
  const args = ['create', 'https://example.com/?c={click_id}', '--source', 'game', '--campaign', '{campaign_name}']
  const { stdout } = await run([...args, '--parameter', 'a=1', '--parameter', 'b=x=y'], links)

  expect(stdout).toBe('https://stats.example.com/l/made?campaign={campaign_name}\n')
  expect(links.find('made')).toMatchObject({
    target: 'https://example.com/?c={click_id}',
    source: 'game',
    environment: 'production',
    parameters: { a: '1', b: 'x=y' },
  })
})

test('links list shows each link with its channel and figures', async () => {
  const link = testLink({ environment: 'sandbox', adgroup: 'Women' })
  const figures = new Map([['spring', { clicks: 1200, uniqueClicks: 7, installs: 3 }]])
  const { stdout } = await run(['list'], { ...memoryLinks([link]), figures: async () => figures })
  expect(stdout).toMatch(
    /spring +https:\/\/stats\.example\.com\/l\/spring +game \(sandbox\) +Newsletter::::Women +1,200 +7 +3 +works/,
  )
})

test('links archive takes the link back', async () => {
  const links = memoryLinks([testLink()])
  expect((await run(['archive', 'spring'], links)).stderr).toBe('The link spring is archived.\n')
  expect(links.find('spring')).toBeUndefined()
})

test('links set changes what is named and leaves the rest, and brings an archived link back', async () => {
  const links = memoryLinks([testLink({ label: 'Old', parameters: { a: '1' }, archivedAt: new Date(0) })])
  const args = ['--target', 'https://example.com/summer', '--network', '', '--parameter', 'b=2', '--restore']
  expect((await run(['set', 'spring', ...args], links)).stderr).toBe('The link spring is changed.\n')
  expect(links.find('spring')).toMatchObject({
    target: 'https://example.com/summer',
    network: '',
    label: 'Old',
    parameters: { b: '2' },
  })
})

test('a parameter without a value is refused', async () => {
  await expect(run(['create', 'https://example.com', '--source', 'game', '--parameter', 'a'])).rejects.toThrow(
    'Expected a name, = and a value, got a.',
  )
})
