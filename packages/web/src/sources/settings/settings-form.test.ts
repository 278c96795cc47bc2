import { SourceSettings } from '@almanac/core/sources/source-settings.ts'
import { expect, test } from 'vitest'
import { ApiError } from '../../api/api-error.ts'
import { changeOf, draftOf, problemOf } from './settings-form.ts'

const settings = SourceSettings.parse({ allowedOrigins: ['a.example', '*.b.example'], eventsPerSecond: 2.5 })
const draft = draftOf(settings)

test('a form that nobody touched changes nothing', () => {
  expect(changeOf(settings, draft)).toEqual({})
  expect(changeOf(SourceSettings.parse({}), draftOf(SourceSettings.parse({})))).toEqual({})
})

test('only what was changed is sent; lists are lines, and empty ones do not count', () => {
  expect(changeOf(settings, { ...draft, blockedPaths: ' /admin/*\n\n/health, /x ', privacy: 'masked' })).toEqual({
    blockedPaths: ['/admin/*', '/health', '/x'],
    privacy: 'masked',
  })
  expect(changeOf(settings, { ...draft, allowedOrigins: '' })).toEqual({ allowedOrigins: [] })
})

test.each([
  ['', null],
  ['10', 10],
  ['0,5', 0.5],
  ['many', 'many'],
])('a limit of %j is sent as %j', (eventsPerSecond, sent) => {
  expect(changeOf(settings, { ...draft, eventsPerSecond })).toEqual({ eventsPerSecond: sent })
})

test('what the server says about an entry of a list stands at the list', () => {
  const issues = [
    { path: ['settings', 'allowedOrigins', 1], message: 'expected a host name, got "x/y"' },
    { path: ['settings', 'timezone'], message: 'expected a time zone' },
    { path: ['settings', 'siteHosts', 0], message: 'expected a host name, got "a b"' },
    { path: ['settings', 'siteHosts', 1], message: 'Expected a host name, got "c d".' },
    { path: ['label'], message: 'too long' },
  ]
  const error = new ApiError(400, { code: 'invalid_request', message: 'No.', issues })
  expect(problemOf(error, 'allowedOrigins')).toBe('Expected a host name, got "x/y".')
  expect(problemOf(error, 'siteHosts')).toBe('Expected a host name, got "a b". Expected a host name, got "c d".')
  expect(problemOf(error, 'label')).toBe('Too long.')
  expect(problemOf(error, 'blockedPaths')).toBeUndefined()
  expect(problemOf(undefined, 'timezone')).toBeUndefined()
})
