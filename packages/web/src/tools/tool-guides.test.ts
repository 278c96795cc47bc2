import { expect, test } from 'vitest'
import type { BiConnection } from '../api/bi.ts'
import { toolGuides, tunnelCommand, viewsByCube } from './tool-guides.ts'

const CONNECTION: BiConnection = {
  host: '127.0.0.1',
  port: 41873,
  isEncrypted: false,
  database: 'bi',
  user: 'almanac_reader',
  isEmbedded: true,
  views: ['web_day', 'web_day_total', 'web_rows', 'visits_year'],
  problems: [],
}

test('the texts to copy have this server’s own addresses', () => {
  const texts = toolGuides(CONNECTION, 'https://stats.example.com').flatMap((guide) =>
    guide.texts.map(({ text }) => text),
  )
  expect(texts).toContain('https://stats.example.com/feed/web/day.csv?dimensions=country&token=alm_…')
  expect(texts).toContain('jdbc:clickhouse://127.0.0.1:41873/bi?compress=0')
  expect(texts).toContain('SELECT time, hits FROM bi.web_day_total')
})

test('a server of one’s own may be encrypted', () => {
  const [text] = toolGuides({ ...CONNECTION, isEncrypted: true }, 'https://x')
    .filter(({ id }) => id === 'dbeaver')
    .flatMap((guide) => guide.texts)
  expect(text?.text).toContain('&ssl=true')
})

test('the tunnel keeps the port', () => {
  expect(tunnelCommand(CONNECTION, 'stats.example.com')).toBe('ssh -N -L 41873:127.0.0.1:41873 stats.example.com')
})

test('views are told by their cube', () => {
  expect(viewsByCube(CONNECTION.views)).toEqual([
    { cube: 'web', views: ['web_day', 'web_day_total', 'web_rows'] },
    { cube: 'visits', views: ['visits_year'] },
  ])
})
