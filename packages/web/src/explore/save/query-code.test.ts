import { expect, test } from 'vitest'
import { statementText } from '../explain/statement-text.ts'
import { clientCode, curlCode, shortQuery } from './query-code.ts'

const QUERY = {
  cube: 'web',
  measures: ['hits'],
  filters: [{ dimension: 'city', op: 'in' as const, values: ["L'Aquila", 'São "Paulo"'] }],
  from: '2026-01-01',
  to: '2026-02-01',
}

test('a shell gives the question back as it is, quotes and all', () => {
  const body = curlCode(QUERY, 'http://localhost:4680').match(/-d '(.*)'$/)?.[1] ?? ''
  expect(JSON.parse(body.replaceAll(`'\\''`, "'"))).toEqual(QUERY)
})

test('the code for programs is the question, too', () => {
  const [, literal = ''] = /query\((\{[\s\S]*\})\)/.exec(clientCode(QUERY, 'http://localhost:4680')) ?? []
  expect(new Function(`return (${literal})`)()).toEqual(QUERY)
})

test('what goes without saying is left out', () => {
  expect(shortQuery({ ...QUERY, dimensions: [], having: [] })).toEqual(QUERY)
})

test('values stand before a statement as ClickHouse reads them', () => {
  const text = statementText({ sql: ' SELECT {a:String} ', parameters: { a: "it's \\", n: 5, list: ['x', "y'z"] } })
  expect(text).toBe(
    [
      `SET param_a = 'it\\'s \\\\';`,
      'SET param_n = 5;',
      `SET param_list = '[\\'x\\', \\'y\\\\\\'z\\']';`,
      'SELECT {a:String}',
    ].join('\n'),
  )
})
