import { expect, test } from 'vitest'
import { fuzzyFit } from './fuzzy.ts'

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
  expect(fuzzyFit(typed, text) !== undefined).toBe(fits)
})

test.each([
  { typed: 'rev', better: 'Revenue', worse: 'Other events' },
  { typed: 'web', better: 'Web', worse: 'Web overview' },
  { typed: 'web', better: 'Web overview', worse: 'Cobweb' },
  { typed: 'so', better: 'Sources', worse: 'Show overview' },
])('"$typed" means "$better" rather than "$worse"', ({ typed, better, worse }) => {
  expect(fuzzyFit(typed, better)?.score ?? -100).toBeGreaterThan(fuzzyFit(typed, worse)?.score ?? -100)
})

test.each([
  { typed: 'my sh', text: 'My shop', by: 'words' },
  { typed: 'sign-up', text: 'Signups', by: 'words' },
  { typed: 'web view', text: 'Web overview', by: 'parts' },
  { typed: 'qos', text: 'Quality of service', by: 'letters' },
  { typed: 'quality os', text: 'Quality of service', by: 'letters' },
])('"$typed" is found in "$text" by $by', ({ typed, text, by }) => {
  expect(fuzzyFit(typed, text)?.by).toBe(by)
})
