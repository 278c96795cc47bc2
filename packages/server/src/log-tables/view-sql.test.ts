import { describe, expect, test } from 'vitest'
import { columnSql } from './column-sql.ts'
import { viewSql } from './view-sql.ts'

const place = { cluster: '', database: 'almanac', views: 'almanac_sql' }

test('a view has the time, the columns of the JSON, and where each row comes from', () => {
  const columns = [
    { path: 'amount', column: 'amount', types: ['Float64', 'Int64'] },
    { path: 'user.id', column: 'user_id', types: ['Int64'] },
  ]
  expect(viewSql({ eventName: 'shop.pay', viewName: 'shop_pay', columns }, place)).toBe(
    `CREATE OR REPLACE VIEW almanac_sql.\`shop_pay\` 
DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT
  event.occurred_at AS \`time\`,
  coalesce(toFloat64(event.properties.\`amount\`.:\`Float64\`), toFloat64(event.properties.\`amount\`.:\`Int64\`)) AS \`amount\`,
  event.properties.\`user\`.\`id\`.:\`Int64\` AS \`user_id\`,
  event.source AS \`_source\`,
  event.environment AS \`_environment\`,
  event.event_id AS \`_event_id\`,
  event.received_at AS \`_received_at\`
FROM almanac.events AS event
WHERE event.name = 'shop.pay' AND event.app_platform = 'log'`,
  )
})

test('on a cluster it is made on all nodes', () => {
  const table = { eventName: 'a.b', viewName: 'a_b', columns: [] }
  expect(viewSql(table, { ...place, cluster: 'main' })).toContain("almanac_sql.`a_b` ON CLUSTER 'main'")
})

describe('no name becomes SQL of another kind:', () => {
  const table = { eventName: 'a.b', viewName: 'a_b', columns: [] }
  test.each([
    { ...table, eventName: "a.b' OR 1" },
    { ...table, viewName: 'a`b' },
    { ...table, columns: [{ path: 'x', column: 'x`', types: ['Int64'] }] },
  ])('%j is refused', (wrong) => {
    expect(() => viewSql(wrong, place)).toThrow(/is no name/)
  })
})

test.each([
  { types: ['Int64'], sql: 'x.:`Int64`' },
  { types: ['Bool'], sql: 'x.:`Bool`' },
  { types: ['Array(Nullable(Int64))'], sql: 'x.:`Array(Nullable(Int64))`' },
  { types: ['Int64', 'UInt64'], sql: 'coalesce(toFloat64(x.:`Int64`), toFloat64(x.:`UInt64`))' },
  { types: ['DateTime64(9)'], sql: "toDateTime64(x.:`DateTime64(9)`, 3, 'UTC')" },
  {
    types: ['Date', 'DateTime'],
    sql: "coalesce(toDateTime64(x.:`Date`, 3, 'UTC'), toDateTime64(x.:`DateTime`, 3, 'UTC'))",
  },
  { types: ['Bool', 'Int64'], sql: "CAST(x, 'Nullable(String)')" },
  { types: ['Date', 'String'], sql: "CAST(x, 'Nullable(String)')" },
  {
    types: ['Array(Dynamic)'],
    sql: "if(startsWith(dynamicType(x), 'Array'), toJSONString(x), CAST(x, 'Nullable(String)'))",
  },
  {
    types: ['Something new', 'Int64'],
    sql: "if(startsWith(dynamicType(x), 'Array'), toJSONString(x), CAST(x, 'Nullable(String)'))",
  },
])('$types are read as $sql', ({ types, sql }) => {
  expect(columnSql({ path: 'x', types })).toBe(sql.replaceAll(/\bx\b/g, 'event.properties.`x`'))
})
