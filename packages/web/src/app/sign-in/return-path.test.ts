import { expect, test } from 'vitest'
import { safeReturnPath } from './return-path.ts'

test('a path of this server is kept with its search', () => {
  expect(safeReturnPath('/dashboards/web?range=7d#chart')).toBe('/dashboards/web?range=7d#chart')
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', undefined, 7])(
  '%j leads nowhere',
  (path) => {
    expect(safeReturnPath(path)).toBeUndefined()
  },
)
