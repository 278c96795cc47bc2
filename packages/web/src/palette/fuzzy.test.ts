import { expect, test } from 'vitest'
import { fuzzyScore } from './fuzzy.ts'

test.each([
  { typed: 'web', text: 'Web overview', fits: true },
  { typed: 'wo', text: 'Web overview', fits: true },
  { typed: 'overview web', text: 'Web overview', fits: true },
  { typed: 'resume', text: 'Résumé', fits: true },
  { typed: 'qos', text: 'Quality of service', fits: true },
  { typed: 'view', text: 'Overview', fits: true },
  { typed: 'signup', text: 'Sign-ups', fits: true },
  { typed: 'sign-up', text: 'Sign ups', fits: true },
  { typed: 'sign_up', text: 'Signups', fits: true },
  // Its letters are all there, but not from the beginning of a word.
  { typed: 'eb', text: 'The border', fits: false },
  { typed: 'webx', text: 'Web overview', fits: false },
  { typed: '', text: 'Anything', fits: true },
])('"$typed" fits "$text": $fits', ({ typed, text, fits }) => {
  expect(fuzzyScore(typed, text) !== undefined).toBe(fits)
})

test.each([
  { typed: 'rev', better: 'Revenue', worse: 'Other events' },
  { typed: 'web', better: 'Web', worse: 'Web overview' },
  { typed: 'web', better: 'Web overview', worse: 'Cobweb' },
  { typed: 'so', better: 'Sources', worse: 'Show overview' },
])('"$typed" means "$better" rather than "$worse"', ({ typed, better, worse }) => {
  expect(fuzzyScore(typed, better) ?? -100).toBeGreaterThan(fuzzyScore(typed, worse) ?? -100)
})
