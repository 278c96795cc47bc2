import { expect, test } from 'vitest'
import { matchesAnyGlob } from './path-globs.ts'

test.each([
  { glob: '/admin', path: '/admin', matches: true },
  { glob: '/admin', path: '/admin/', matches: false },
  { glob: '/admin', path: '/Admin', matches: false },
  { glob: '/admin*', path: '/administrators', matches: true },
  { glob: '/admin/*', path: '/admin', matches: false },
  { glob: '/admin/*', path: '/admin/', matches: true },
  { glob: '*.php', path: '/a/b.php', matches: true },
  { glob: '*.php', path: '/a/b.php5', matches: false },
  { glob: '/a*b*c', path: '/a1b2b3c', matches: true },
  { glob: '/a*b*c', path: '/acb', matches: false },
  { glob: '/ab*ba', path: '/aba', matches: false },
  { glob: '*', path: '', matches: true },
  { glob: '**', path: '/x', matches: true },
  { glob: '/a.c', path: '/abc', matches: false },
  { glob: '/(a+)+$', path: '/aaaa', matches: false },
])('$glob and $path: $matches', ({ glob, path, matches }) => {
  expect(matchesAnyGlob([glob])(path)).toBe(matches)
})

test('one of many is enough', () => {
  expect(matchesAnyGlob(['/x', '/y'])('/y')).toBe(true)
  expect(matchesAnyGlob([])('/y')).toBe(false)
})

test('it looks at each character only a few times, whatever stands there', () => {
  const path = 'a'.repeat(100_000)
  // A backtracking expression would not come to an end within the life of the universe.
  expect(matchesAnyGlob([`*${'a*'.repeat(200)}b`])(path)).toBe(false)
})
