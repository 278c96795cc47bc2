import { randomUUID } from 'node:crypto'
import { PAGES } from '@almanac/core/segments/testing/two-cubes.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../test/support/engines.ts'
import { eventually } from '../../test/support/processes.ts'
import { createClickHouse } from '../clickhouse/client.ts'
import { EVENT_COLUMNS } from '../clickhouse/events-table.ts'
import { pingClickHouse } from '../clickhouse/signs-of-life.ts'
import { READER_LIMITS } from '../engines/clickhouse/clickhouse-config.ts'
import type { DownloadFormat } from './download-sql.ts'
import { createSqlService, type SqlRequest, type SqlService } from './sql-service.ts'

/** People's SQL on a real engine, as the read-only user. */
let engines: TestEngines
let database: TestDatabase
let reader: ClickHouseClient
let sql: SqlService
beforeAll(async () => {
  engines = await startTestEngines()
  database = await engines.createTestDatabase()
  reader = createClickHouse(database.readerConnection)
  sql = createSqlService({
    reader,
    readerDatabase: database.readerConnection.database,
    clickhouse: database.clickhouse,
    cluster: '',
    ping: () => pingClickHouse(database.clickhouseConnection),
    definitions: () => [PAGES],
  })
  const [hidden, views] = [database.clickhouseConnection.database, database.readerConnection.database]
  for (const query of [
    `INSERT INTO ${hidden}.events (source, name, visitor_id) VALUES ('website', 'page_view', 18446744073709551615)`,
    `CREATE TABLE ${hidden}.facts (id UInt64) ENGINE = MergeTree ORDER BY id AS SELECT number FROM numbers(2000000)`,
    `CREATE VIEW ${views}.facts DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT id FROM ${hidden}.facts`,
  ]) {
    await database.clickhouse.command({ query })
  }
})
afterAll(async () => {
  await reader.close()
  await database.close()
  await engines.close()
})

const ADA = { name: 'ada', isAdmin: false }
const BOB = { name: 'bob', isAdmin: false }
const ADMIN = { name: 'eve', isAdmin: true }

const request = (text: string, parameters: SqlRequest['parameters'] = {}, limit = 1000): SqlRequest => ({
  sql: text,
  parameters,
  limit,
})
const never = () => new AbortController().signal
const run = (text: string, parameters?: SqlRequest['parameters'], limit?: number) =>
  sql.run(request(text, parameters, limit), ADA, never())
const first = async (text: string, parameters?: SqlRequest['parameters']) => (await run(text, parameters)).rows[0]?.[0]
const refusal = (text: string, parameters?: SqlRequest['parameters']) =>
  run(text, parameters).then(
    (answer) => {
      throw new Error(`it was not refused, and answered ${JSON.stringify(answer.rows)}`)
    },
    (error) => error,
  )

describe('parameters', () => {
  test.each([
    `'; DROP TABLE events; --`,
    '\\',
    `\\'`,
    '\\N',
    'NULL',
    '{other:String}',
    'a\tb\nc\rd',
    'a\0b',
    '%27&param_other=1',
    '\u{1F600} ä',
    '',
    'x'.repeat(50_000),
  ])('a text is a text, whatever it says (%#)', async (text) => {
    expect(await first('SELECT {text:String}', { text })).toBe(text)
    expect(await first('SELECT {texts:Array(String)}', { texts: [text, 'b'] })).toEqual([text, 'b'])
    expect(await first('SELECT {map:Map(String, String)}', { map: { [text]: text } })).toEqual({ [text]: text })
  })

  test.each([
    { type: 'UInt64', value: '18446744073709551615', answer: '18446744073709551615' },
    { type: 'Int32', value: -5, answer: -5 },
    { type: 'Float64', value: 0.1, answer: 0.1 },
    { type: 'Decimal(18, 4)', value: '1.5', answer: 1.5 },
    { type: 'Bool', value: true, answer: true },
    { type: 'Nullable(String)', value: null, answer: null },
    { type: 'Date', value: '2026-05-01', answer: '2026-05-01' },
    { type: 'Array(UInt8)', value: [1, 2], answer: [1, 2] },
    { type: 'Array(Bool)', value: [true, false], answer: [true, false] },
    { type: 'Array(Nullable(String))', value: ['a', null], answer: ['a', null] },
  ])('a value of the type $type', async ({ type, value, answer }) => {
    expect(await first(`SELECT {value:${type}}`, { value })).toEqual(answer)
  })

  test('a name from a parameter reaches no more than a name in the statement', async () => {
    expect(await first('SELECT count() FROM {table:Identifier}', { table: 'events' })).toBe(1)

    const hidden = { db: database.clickhouseConnection.database, table: 'events' }
    expect(await refusal('SELECT count() FROM {db:Identifier}.{table:Identifier}', hidden)).toMatchObject({
      code: 'forbidden',
    })
    expect(await refusal('SELECT count() FROM {table:Identifier}', { table: 'events; SELECT 1' })).toMatchObject({
      code: 'query_failed',
    })
  })

  test('a missing one is named', async () => {
    expect(await refusal('SELECT {source:String}')).toMatchObject({
      code: 'invalid_query',
      message: 'The statement has a parameter {source:…}, and no value was given for it',
    })
  })

  test('a value of another type is named, with the type', async () => {
    expect(await refusal('SELECT {n:UInt32}', { n: 'many' })).toMatchObject({
      code: 'invalid_query',
      issues: [{ path: ['parameters', 'n'], message: 'expected a value of the type UInt32' }],
    })
    expect((await refusal('SELECT {days:Array(Date)}', { days: ['x'] })).issues).toMatchObject([
      { path: ['parameters', 'days'], message: 'expected a value of the type Array(Date)' },
    ])
  })

  test('a value of more than 128 KB is more than the engine takes', async () => {
    expect(await refusal('SELECT {text:String}', { text: 'x'.repeat(300_000) })).toMatchObject({
      code: 'invalid_query',
      message: 'The value of a parameter is longer than the engine takes',
    })
  })
})

describe('a statement', () => {
  test.each(['SELECT 1;', 'SELECT 1 -- the end', 'SELECT 1; -- the end', '/* first */ SELECT 1', 'select 1\n'])(
    'may be written as %j',
    async (text) => {
      expect(await first(text)).toBe(1)
    },
  )

  test('stands alone', async () => {
    expect(await refusal('SELECT 1; SELECT 2')).toMatchObject({
      message: expect.stringContaining('Multi-statements are not allowed'),
      issues: [{ path: ['sql', 1, 9] }],
    })
  })

  test('leaves the format to the request', async () => {
    expect(await refusal('SELECT 1 FORMAT TSV')).toMatchObject({ code: 'invalid_query' })
  })

  test('that is not understood has the line and column', async () => {
    expect((await refusal(`SELECT 'ä€'\nFORM events WHERE`)).issues).toMatchObject([{ path: ['sql', 2, 6] }])
    expect((await refusal(`SELECT 'ä€' FORM events WHERE`)).issues).toMatchObject([{ path: ['sql', 1, 18] }])
  })

  test('that fails half-way is an error and not half an answer', async () => {
    const failing = run('SELECT throwIf(number = 90000) FROM numbers(99999)', {}, 100_000)
    await expect(failing).rejects.toMatchObject({ code: 'query_failed' })
  })

  test.each(['SHOW TABLES', 'DESCRIBE TABLE events', 'EXPLAIN SELECT 1'])('may also be %s', async (text) => {
    expect((await run(text)).rows.length).toBeGreaterThan(0)
  })
})

describe('an answer', () => {
  test('keeps numbers that JSON would round', async () => {
    expect(await first('SELECT visitor_id FROM events')).toBe('18446744073709551615')
  })

  test('says whether there are more rows', async () => {
    const few = await run('SELECT number FROM numbers(10)', {}, 3)
    expect([few.rows, few.truncated]).toEqual([[[0], [1], [2]], true])
    expect((await run('SELECT number FROM numbers(10)', {}, 10)).truncated).toBe(false)
    expect((await run('SELECT id FROM facts', {}, 100_000)).truncated).toBe(true)
  })

  test('has the limits of the engine', async () => {
    expect((await run('SELECT 1')).limits).toEqual({
      seconds: READER_LIMITS.maxExecutionSeconds,
      rows: READER_LIMITS.maxResultRows,
      rowsToRead: READER_LIMITS.maxRowsToRead,
      memoryBytes: READER_LIMITS.maxMemoryBytes,
    })
  })
})

describe('a file', () => {
  const download = async (text: string, format: DownloadFormat, limit = 100_000) => {
    const { stream, ...about } = await sql.download({ ...request(text, {}, limit), format }, ADA, never())
    const pieces: Buffer[] = []
    for await (const piece of stream) pieces.push(Buffer.from(piece))
    return { ...about, bytes: Buffer.concat(pieces) }
  }
  const ROWS = `SELECT number AS n, concat('=', toString(number), ',ä') AS text, toUInt64(-1) AS big FROM numbers(3)`

  test('of CSV has the names, and no formula', async () => {
    const { bytes, rowCount } = await download(ROWS, 'csv')
    expect(rowCount).toBe(3)
    expect(bytes.toString().split('\r\n').slice(0, 2)).toEqual(['n,text,big', `0,"'=0,ä",18446744073709551615`])
  })

  test('of lines of JSON has an object on each', async () => {
    const { bytes } = await download(ROWS, 'ndjson')
    expect(bytes.toString().split('\n')[2]).toBe('{"n":2,"text":"=2,ä","big":18446744073709551615}')
  })

  test('of Parquet is whole', async () => {
    const { bytes, rowCount } = await download(ROWS, 'parquet')
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString(), rowCount]).toEqual(['PAR1', 'PAR1', 3])
  })

  test('of Excel has numbers, dates and texts, and no formula', async () => {
    const { bytes, rowCount } = await download(
      `SELECT number AS n, concat('=', toString(number)) AS text, toUInt64(-1) AS big, toDate('2026-05-17') AS day,
         toDateTime64('2026-03-29 02:30:00.5', 3, 'UTC') AS at, toDecimal64(number + 0.25, 2) AS amount,
         number = 1 AS is_one, if(number = 2, NULL, 'x')::LowCardinality(Nullable(String)) AS label, [number] AS list
       FROM numbers(3)`,
      'xlsx',
    )
    expect(rowCount).toBe(3)
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(bytes as never)
    const rows: unknown[] = []
    book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
    const [day, at] = [new Date('2026-05-17T00:00:00Z'), new Date('2026-03-29T02:30:00.500Z')]
    expect(rows).toEqual([
      ['n', 'text', 'big', 'day', 'at', 'amount', 'is_one', 'label', 'list'],
      [0, '=0', '18446744073709551615', day, at, 0.25, 0, 'x', '[0]'],
      [1, '=1', '18446744073709551615', day, at, 1.25, 1, 'x', '[1]'],
      [2, '=2', '18446744073709551615', day, at, 2.25, 0, undefined, '[2]'],
    ])
  })

  test('of Excel that has no row has the names, and one that does not fit is an error', async () => {
    const { bytes } = await download('SELECT 1 AS one WHERE 0', 'xlsx')
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(bytes as never)
    expect(book.worksheets[0]?.getCell('A1').value).toBe('one')
    await expect(download(`SELECT repeat('x', 40000) AS long`, 'xlsx')).rejects.toMatchObject({
      code: 'too_large',
      message: 'A text in the column long has 40,000 characters; a cell of Excel takes 32,767',
    })
  })

  test('of many rows is whole, and says when there may be more', async () => {
    const many = await download('SELECT id, toString(id) FROM facts', 'csv')
    expect([many.rowCount, many.truncated, many.bytes.toString().split('\r\n').length]).toEqual([
      100_000,
      true,
      100_002,
    ])
    expect((await download('SELECT id FROM facts', 'ndjson', 5)).rowCount).toBe(5)
  })

  test('that cannot be made is an error and no file', async () => {
    await expect(download('SELECT throwIf(number = 90000) FROM numbers(99999)', 'csv')).rejects.toMatchObject({
      code: 'query_failed',
    })
  })
})

describe('while it runs', () => {
  // Sleeps with every block, so that it runs for long and costs little.
  const SLOW = 'SELECT sum(id + sleepEachRow(0.00002)) FROM facts'

  async function startSlow(id = randomUUID(), asker = ADA, signal = never()) {
    const answer = sql.run({ ...request(SLOW), id }, asker, signal).catch((error) => error)
    await eventually('the engine works on it', async () => (await onEngine(id)) === 1)
    return { id, answer }
  }
  const onEngine = async (id: string) => {
    const result = await database.clickhouse.query({
      query: 'SELECT count() FROM system.processes WHERE endsWith(query_id, {id:String})',
      query_params: { id },
      format: 'JSONCompactEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
    return (await result.json<[number]>())[0]?.[0]
  }
  // By itself it would end after twenty seconds at the earliest.
  const endsOnEngine = (id: string) => eventually('the engine stops', async () => (await onEngine(id)) === 0, 10_000)

  test('its progress grows towards what there is to read, and cancelling ends it on the engine', async () => {
    const { id, answer } = await startSlow()
    await eventually('something is read', async () => (await sql.find(id, ADA)).rowsRead > 0)
    const before = await sql.find(id, ADA)
    await eventually('more is read', async () => (await sql.find(id, ADA)).rowsRead > before.rowsRead)
    expect(before).toMatchObject({ id, owner: 'ada', rowsToRead: 2_000_000 })
    expect(before.elapsedMs).toBeGreaterThan(0)

    await sql.cancel(id, ADA)
    expect(await answer).toMatchObject({ code: 'query_failed', message: 'The query was cancelled' })
    await endsOnEngine(id)
    await expect(sql.find(id, ADA)).rejects.toMatchObject({ code: 'not_found' })
  })

  test("nobody sees or cancels another one's, except an admin", async () => {
    const { id, answer } = await startSlow()
    await expect(sql.find(id, BOB)).rejects.toMatchObject({ code: 'not_found' })
    await expect(sql.cancel(id, BOB)).rejects.toMatchObject({ code: 'not_found' })
    expect(await sql.list(BOB)).toEqual([])
    expect(await onEngine(id)).toBe(1)

    expect((await sql.list(ADMIN)).map((one) => one.id)).toEqual([id])
    await sql.cancel(id, ADMIN)
    expect(await answer).toMatchObject({ message: 'The query was cancelled' })
    await endsOnEngine(id)
  })

  test('another server can cancel it', async () => {
    const { id, answer } = await startSlow()
    const other = createSqlService({
      reader,
      readerDatabase: '',
      clickhouse: database.clickhouse,
      cluster: '',
      ping: async () => {},
      definitions: () => [],
    })
    await other.cancel(id, ADA)
    expect(await answer).toMatchObject({ code: 'query_failed', message: 'The query was cancelled' })
    await endsOnEngine(id)
  })

  test('it ends when its client leaves', async () => {
    const leaving = new AbortController()
    const { id, answer } = await startSlow(randomUUID(), ADA, leaving.signal)
    leaving.abort(new Error('The client closed the connection'))
    await answer
    // As the SQL page does at once, in case that the connection is closed on the way only.
    await sql.cancel(id, ADA)
    await expect(sql.cancel(id, BOB)).rejects.toMatchObject({ code: 'not_found' })
    await endsOnEngine(id)
  })

  test('its id is taken, for its owner alone', async () => {
    const { id, answer } = await startSlow()
    await expect(sql.run({ ...request('SELECT 1'), id }, ADA, never())).rejects.toMatchObject({ code: 'conflict' })
    expect((await sql.run({ ...request('SELECT 1'), id }, BOB, never())).rows).toEqual([[1]])
    await sql.cancel(id, ADA)
    await answer
  })

  test('what people run is no way to the queries of the server itself', async () => {
    for (const id of ['nobody-knows', "' OR 1 OR '"]) {
      await expect(sql.cancel(id, ADMIN)).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('the schema', () => {
  test('has what the read-only user may read, and nothing that is hidden', async () => {
    const { databases } = await sql.schema()
    const [own] = databases.filter(({ isDefault }) => isDefault)
    expect(own?.name).toBe(database.readerConnection.database)
    expect(own?.tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['events', 'facts', 'identities', 'quarantine', 'visits']),
    )
    expect(databases.filter(({ name }) => !name.startsWith('almanac_sql'))).toEqual([])
    for (const { name } of own?.tables ?? []) await run(`SELECT * FROM {table:Identifier} LIMIT 1`, { table: name })
  })

  test('says of every column of our own views what it is', async () => {
    const { databases } = await sql.schema()
    const tables = databases.find(({ isDefault }) => isDefault)?.tables ?? []
    const ours = tables.filter(({ name }) => ['events', 'visits', 'identities', 'quarantine'].includes(name))
    const silent = ours.flatMap(({ name, columns }) =>
      columns.filter(({ comment }) => comment === '').map((column) => `${name}.${column.name}`),
    )
    expect([ours.length, silent]).toEqual([4, []])
    expect(ours.find(({ name }) => name === 'events')?.columns).toHaveLength(EVENT_COLUMNS.length)
  })

  test('has the cubes and the functions', async () => {
    const { cubes, functions } = await sql.schema()
    expect(cubes).toMatchObject([
      { name: 'pages', measures: [{ name: 'hits', class: 'additive' }], dimensions: [{ name: 'browser' }, {}, {}] },
    ])
    expect(functions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'uniqExact', isAggregate: true }),
        expect.objectContaining({ name: 'toStartOfHour', isAggregate: false }),
      ]),
    )
  })
})
