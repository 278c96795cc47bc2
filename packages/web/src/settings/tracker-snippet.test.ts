import { expect, test } from 'vitest'
import { trackerSnippet } from './tracker-snippet.ts'

test('the line loads the script from the server and names the key', () => {
  expect(trackerSnippet('https://stats.example.com', 'alm_1_2')).toBe(
    '<script defer src="https://stats.example.com/js/almanac.js" data-key="alm_1_2"></script>',
  )
})
