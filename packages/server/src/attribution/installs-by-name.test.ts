import { expect, test } from 'vitest'
import { installsByName } from './installs-by-name.ts'
import { testLink } from './testing/memory-links.ts'

const channel = (network: string, campaign = '', adgroup = '', creative = '') => ({
  source: 'game',
  environment: 'production',
  network,
  campaign,
  adgroup,
  creative,
  installs: 3,
})

const link = (code: string, names: Parameters<typeof testLink>[0], day = 0) =>
  testLink({ code, createdAt: new Date(day * 86_400_000), ...names })

test('installs count for the link with exactly their names', () => {
  const links = [
    link('whole', { network: 'N', campaign: 'C', adgroup: 'A', creative: 'X' }),
    link('half', { network: 'N', campaign: 'C' }),
    link('sandbox', { network: 'N', campaign: 'C', environment: 'sandbox' }),
    link('other', { network: 'N', campaign: 'C', source: 'app' }),
    link('nameless', { network: '' }),
  ]
  const found = installsByName(links, [channel('N', 'C', 'A', 'X'), channel('N', 'C'), channel('N', 'D'), channel('')])
  expect(Object.fromEntries(found)).toEqual({ whole: 3, half: 3 })
})

test('a level that is left to the network fits every name, unless another link has that name', () => {
  const links = [
    link('open', { network: 'N', campaign: '{campaign_name}', adgroup: '__ADGROUP__' }),
    link('exact', { network: 'N', campaign: 'C' }, 1),
  ]
  const channels = [channel('N', 'C'), channel('N', 'D'), channel('N', 'E', 'A'), channel('N', 'E', 'A', 'X')]
  expect(Object.fromEntries(installsByName(links, channels))).toEqual({ exact: 3, open: 6 })
})

test('of several links with the same names the oldest that is not archived gets the installs, and no other', () => {
  const names = { network: 'N', campaign: 'C' }
  const links = [link('new', names, 3), link('old', names, 2), link('gone', { ...names, archivedAt: new Date(0) }, 1)]
  expect(Object.fromEntries(installsByName(links, [channel('N', 'C')]))).toEqual({ old: 3 })
  expect(Object.fromEntries(installsByName(links.slice(2), [channel('N', 'C')]))).toEqual({ gone: 3 })
})
