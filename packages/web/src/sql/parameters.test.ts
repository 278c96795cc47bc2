import { describe, expect, test } from 'vitest'
import { boardValues, listOf, missingValues, ownValues, parametersIn, sentValues, typedValues } from './parameters.ts'

test('the parameters of a statement are those that are not in texts or comments', () => {
  const sql = `SELECT {n:UInt8}, '{no:String}', "{no:String}" -- {no:String}
    /* {no:String} */ FROM events WHERE country IN {in:Array(String)} AND at > {at:Nullable(DateTime64(3))}`
  expect(parametersIn(sql).map(({ name, type }) => `${name} ${type}`)).toEqual([
    'n UInt8',
    'in Array(String)',
    'at Nullable(DateTime64(3))',
  ])
})

test('what a dashboard gives is filled in for the last 28 days', () => {
  const now = Temporal.ZonedDateTime.from('2026-03-29T12:00[Europe/Berlin]')
  expect(
    boardValues('SELECT {from:Date}, {to:DateTime}, {timezone:String}, {grain:String}, {mine:String}', now),
  ).toEqual({
    from: '2026-03-02',
    to: '2026-03-30 00:00',
    timezone: 'Europe/Berlin',
    grain: 'day',
  })
})

describe('values', () => {
  const parameters = parametersIn('{a:String} {l:Array(String)} {n:Nullable(UInt8)} {u:UInt8} {from:DateTime}')

  test('are sent as texts, lists and nothing', () => {
    expect(
      sentValues(
        parameters,
        { a: '', l: 'DE, FR', n: '', u: '3', from: '2026-03-30 00:00', other: 'x' },
        'Europe/Berlin',
      ),
    ).toEqual({
      a: '',
      l: ['DE', 'FR'],
      n: null,
      u: '3',
      from: '1774821600',
    })
  })

  test('that are missing keep the statement from being run in vain', () => {
    expect(missingValues(parameters, { a: '', l: '', n: '', u: '' })).toEqual(['u', 'from'])
  })

  test('of a dashboard are left to it', () => {
    expect(ownValues(parameters, { a: 'x', l: 'DE', n: '', u: '3', from: '1' }, 'UTC')).toEqual({
      a: 'x',
      l: ['DE'],
      u: '3',
    })
  })
})

test.each([
  { text: '', list: [] },
  { text: 'DE', list: ['DE'] },
  { text: 'DE, "Paris, FR" ,x', list: ['DE', 'Paris, FR', 'x'] },
  { text: '"say ""hi"""', list: ['say "hi"'] },
])('$text is a list of values', ({ text, list }) => {
  expect(listOf(text)).toEqual(list)
})

test('values that were saved are typed as they would be sent again', () => {
  const sql = 'SELECT {since:DateTime}, {lands:Array(String)}, {least:UInt8}, {word:String}'
  const saved = { since: '1774821600', lands: ['DE', '', 'Paris, FR', 'say "hi"'], least: 3, word: 'a, b' }
  const typed = typedValues(sql, saved, 'Europe/Berlin')
  expect(typed).toEqual({
    since: '2026-03-30 00:00',
    lands: 'DE, "", "Paris, FR", "say ""hi"""',
    least: '3',
    word: 'a, b',
  })
  expect(ownValues(parametersIn(sql), typed, 'Europe/Berlin')).toEqual({ ...saved, least: '3' })
})
