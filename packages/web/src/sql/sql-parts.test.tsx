import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ApiError } from '../api/api-error.ts'
import { ParameterFields } from './parameter-fields.tsx'
import { doneText, progressText } from './progress-text.ts'
import { SqlProblem } from './sql-problem.tsx'

const nothing = () => undefined
const error = (issues: ApiError['issues']) =>
  new ApiError(400, { code: 'query_failed', message: 'Not understood <b>', hint: 'Look again', issues })

test('what is wrong is said with its place, as text', () => {
  const html = renderToStaticMarkup(<SqlProblem error={error([{ path: ['sql', 2, 7], message: '' }])} />)
  expect(html).toContain('role="alert"')
  expect(html).toContain('Line 2, column 7')
  expect(html).toContain('Not understood &lt;b&gt;')
  expect(renderToStaticMarkup(<SqlProblem error={error([])} />)).not.toContain('Line')
})

test('a field says what is wrong with its own value', () => {
  const html = renderToStaticMarkup(
    <ParameterFields
      parameters={[
        { name: 'n', type: 'UInt8' },
        { name: 'list', type: 'Array(String)' },
      ]}
      values={{ n: 'many' }}
      error={error([{ path: ['parameters', 'n'], message: 'expected a value of the type UInt8' }])}
      onChange={nothing}
    />,
  )
  expect(html.match(/expected a value of the type UInt8/g)).toHaveLength(1)
  expect(html).toContain('Separated by commas')
})

test.each([
  { rowsToRead: null, text: '1,200 rows read' },
  { rowsToRead: 1000, text: '1,200 rows read' },
  { rowsToRead: 5000, text: '1,200 of about 5,000 rows read' },
])('progress is told as far as it is known: $text', ({ rowsToRead, text }) => {
  expect(progressText({ rowsRead: 1200, rowsToRead, bytesRead: 10, elapsedMs: 5 })).toMatch(new RegExp(`^${text}`))
})

test('an answer that was cut says so', () => {
  const meta = { rowsRead: 5, bytesRead: 10, elapsedMs: 2, truncated: true }
  expect(doneText({ columns: [], rows: [[1]], meta })).toMatch(/^1 row of more in /)
})
