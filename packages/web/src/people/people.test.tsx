import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { Invitation, Person } from '../api/people.ts'
import { expiryWords } from './expiry-words.ts'
import { InvitationList } from './invitation-list.tsx'
import { PersonListView } from './person-list.tsx'
import { isLastAdmin } from './role-words.ts'

const NOW = Temporal.Instant.from('2026-11-18T10:00:00Z')
const nothing = () => undefined
const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  email: `${id}@example.com`,
  name: id,
  role: 'viewer',
  createdAt: '2026-01-01T00:00:00Z',
  lastSeenAt: null,
  ...more,
})
const listOf = (people: readonly Person[]) =>
  renderToStaticMarkup(
    <PersonListView
      people={{ data: people, error: undefined, isSuperseded: false, retry: nothing }}
      me="ada"
      now={NOW}
      onRole={nothing}
      onPassword={nothing}
      onRemove={nothing}
    />,
  )

describe('the only admin', () => {
  const ada = person('ada', { role: 'admin' })

  test('is the only one without the choice of a role', () => {
    const html = listOf([ada, person('ben')])
    expect(html).toContain('The only one')
    expect(html).toContain('Role of ben')
    expect(html).not.toContain('Role of ada')
  })

  test('is one of many where there is another', () => {
    expect(isLastAdmin(ada, [ada, person('ben', { role: 'admin' })])).toBe(false)
    expect(isLastAdmin(ada, [ada, person('ben', { role: 'editor' })])).toBe(true)
    expect(isLastAdmin(person('ben'), [ada, person('ben')])).toBe(false)
  })
})

test('the list says who looks, who was never here, and takes a name for text', () => {
  const html = listOf([
    person('ada', { role: 'admin', lastSeenAt: '2026-11-18T09:58:00Z' }),
    person('ben', { name: '<img src=x onerror=alert(1)>' }),
  ])
  expect(html).toContain('You')
  expect(html).toContain('2 minutes ago')
  expect(html).toContain('Never')
  expect(html).not.toContain('<img')
})

test('invitations say for how long they hold; without any there is nothing', () => {
  const invitation: Invitation = {
    ...person('eve'),
    role: 'editor',
    invitedBy: null,
    expiresAt: '2026-11-24T11:00:00Z',
  }
  const listed = (invitations: readonly Invitation[]) =>
    renderToStaticMarkup(<InvitationList invitations={invitations} now={NOW} onWithdraw={nothing} />)
  expect(listed([invitation])).toMatch(/7 days left.*Somebody who is gone.*Editor/s)
  expect(listed([])).toBe('')
})

test.each([
  { until: '2026-11-18T09:59:00Z', words: 'Over' },
  { until: '2026-11-18T10:01:30Z', words: '1 minute left' },
  { until: '2026-11-18T11:00:00Z', words: '1 hour left' },
  { until: '2026-11-18T12:30:00Z', words: '3 hours left' },
  { until: '2026-11-20T09:59:59Z', words: '48 hours left' },
  { until: '2026-11-25T09:59:59Z', words: '7 days left' },
  { until: '2026-11-25T10:00:00Z', words: '7 days left' },
])('until $until there is: $words', ({ until, words }) => {
  expect(expiryWords(until, NOW)).toBe(words)
})
