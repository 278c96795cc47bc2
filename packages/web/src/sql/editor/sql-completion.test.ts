import { expect, test } from 'vitest'
import { foundTables } from '../dialogs/tables-dialog.tsx'
import { columnsInUse, offersAfter, offersFor, offersOf } from './sql-completion.ts'

const column = (name: string, comment = '') => ({ name, type: 'String', comment })
const SCHEMA = {
  databases: [
    {
      name: 'bi',
      isDefault: false,
      tables: [{ name: 'web_day', comment: '', columns: [column('day'), column('hits')] }],
    },
    {
      name: 'almanac_sql',
      isDefault: true,
      tables: [{ name: 'events', comment: 'Every event', columns: [column('name'), column('country', 'Where')] }],
    },
  ],
  cubes: [{ name: 'web', label: 'Web', description: 'Page views', dimensions: [], measures: [] }],
  functions: [{ name: 'uniq', isAggregate: true, syntax: 'uniq(x)' }],
}
const OFFERS = offersOf(SCHEMA)
const labels = (offers: readonly { readonly label: string }[]) => offers.map(({ label }) => label)

test('tables are offered by the names that a statement needs', () => {
  expect(labels(OFFERS.all)).toEqual(expect.arrayContaining(['events', 'bi.web_day', 'uniq', 'GROUP BY']))
})

test('the columns of the tables that are read are offered', () => {
  expect(labels(columnsInUse('SELECT  FROM events AS e JOIN `bi`.web_day', OFFERS))).toEqual([
    'name',
    'country',
    'day',
    'hits',
  ])
})

test.each([
  { name: 'e', sql: 'SELECT e. FROM events AS e', offered: ['name', 'country'] },
  { name: 'd', sql: 'SELECT d. FROM bi.web_day d', offered: ['day', 'hits'] },
  { name: 'bi', sql: 'SELECT * FROM bi.', offered: ['web_day'] },
  { name: 'x', sql: 'SELECT x. FROM events', offered: [] },
])('after $name. come $offered', ({ name, sql, offered }) => {
  expect(labels(offersAfter(name, sql, OFFERS))).toEqual(offered)
})

test.each(['SELECT 1 FROM ', 'select 1 from\n  ', 'SELECT * FROM events ANY LEFT JOIN ', 'DESCRIBE '])(
  'after %j come tables alone',
  (before) => {
    expect(labels(offersFor(before, before, OFFERS))).toEqual(['bi.web_day', 'events', 'bi.web_rows'])
  },
)

test('elsewhere come the columns, and everything else after them', () => {
  const sql = 'SELECT  FROM events'
  expect(labels(offersFor('SELECT ', sql, OFFERS)).slice(0, 2)).toEqual(['name', 'country'])
  expect(labels(offersFor('SELECT ', sql, OFFERS))).toEqual(expect.arrayContaining(['events', 'uniq', 'GROUP BY']))
})

test('a search for a column shows the table with that column alone', () => {
  expect(foundTables(SCHEMA, 'where')).toMatchObject([
    { fullName: 'events', table: { columns: [{ name: 'country' }] } },
  ])
  expect(foundTables(SCHEMA, '').map(({ fullName }) => fullName)).toEqual(['events', 'bi.web_day'])
})
