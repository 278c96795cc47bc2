import { expect, test } from 'vitest'
import { containsBare } from './bare-text.ts'

test.each([
  { typed: 'signup', text: 'Sign-ups', fits: true },
  { typed: 'sign-up', text: 'Sign ups', fits: true },
  { typed: 'sign_ups', text: 'Sign-ups', fits: true },
  { typed: 'Page Views', text: 'Pageviews', fits: true },
  { typed: 'new york', text: 'America/New_York', fits: true },
  { typed: 'resume', text: 'Résumé', fits: true },
  { typed: ' ', text: 'Anything', fits: true },
  { typed: 'signin', text: 'Sign-ups', fits: false },
  { typed: '東京', text: '東京', fits: true },
])('"$typed" finds "$text": $fits', ({ typed, text, fits }) => {
  expect(containsBare(text, typed)).toBe(fits)
})
