import { SOURCE_KINDS } from '@almanac/core/sources/source-settings.ts'
import { expect, test } from 'vitest'
import { CLIENTS, clientsFor } from './clients.ts'
import { html, js, shell } from './quote.ts'

const TARGET = { server: 'https://stats.example.com', key: 'alm_1_2', project: 'shop.example' }
const snippetOf = (id: string, target = TARGET) => CLIENTS.find((client) => client.id === id)?.snippet(target)

test.each(CLIENTS)('the snippet for $label has the address of the server, and the key or the project', (client) => {
  const snippet = client.snippet(TARGET)
  expect(snippet).toContain('stats.example.com')
  expect(snippet).toContain(client.project ? TARGET.project : TARGET.key)
})

test.each([
  ['tracker', '<script defer src="https://stats.example.com/js/almanac.js" data-key="alm_1_2"></script>'],
  ['heroku', `heroku drains:add 'https://alm_1_2@stats.example.com/logplex' --app APP`],
  ['openpanel', `new OpenPanel({ clientId: 'shop.example', apiUrl: 'https://stats.example.com/openpanel' })`],
  ['ga4', 'https://stats.example.com/mp/collect?measurement_id=G-XXXXXXX&api_secret=alm_1_2'],
])('%s is told to change exactly this', (id, snippet) => {
  expect(snippetOf(id)).toBe(snippet)
})

test('adjust is asked for the event by its own placeholder, {event}', () => {
  expect(snippetOf('adjust')).toContain('?activity_kind={activity_kind}&event_name={event_name}&event_token={event}&')
})

test('a name cannot break out of the snippet that it is in', () => {
  const hostile = `'"><script>\\`
  expect(snippetOf('matomo', { ...TARGET, project: hostile })).toContain(`'\\'"><script>\\\\'])`)
  expect(snippetOf('plausible', { ...TARGET, project: hostile })).toContain(`data-domain="'&quot;>&lt;script>\\"`)
})

test('each kind has a client of its own first, and every client is offered once', () => {
  for (const kind of SOURCE_KINDS) {
    const { likely, others } = clientsFor(kind)
    expect(likely.length).toBeGreaterThan(0)
    expect(new Set([...likely, ...others])).toEqual(new Set(CLIENTS))
    expect(likely.length + others.length).toBe(CLIENTS.length)
  }
})

test.each([
  [js, `it's </script>`, `'it\\'s <\\/script>'`],
  [html, 'a "b" & <c', '"a &quot;b&quot; &amp; &lt;c"'],
  [shell, `it's $HOME`, `'it'\\''s $HOME'`],
])('%o quotes %j', (quote, text, quoted) => {
  expect(quote(text)).toBe(quoted)
})
