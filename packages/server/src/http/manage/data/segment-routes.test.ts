import type { Segment } from '@almanac/core/segments/segment.ts'
import { PAGES, SESSIONS } from '@almanac/core/segments/testing/two-cubes.ts'
import { afterEach, expect, test } from 'vitest'
import type { StoredSegment } from '../../../segments/segment-store.ts'
import { memorySegments, testSegment } from '../../../segments/testing/memory-segments.ts'
import { buildTestApp, type TestApp, type TestRole } from '../../test-app.ts'

let tested: TestApp | undefined
afterEach(() => tested?.app.close())

async function open(segments: readonly StoredSegment[] = [], ofFiles: readonly Segment[] = []) {
  tested = await buildTestApp({ segments: memorySegments(segments, ofFiles), cubes: () => [PAGES, SESSIONS] })
  const { app, as } = tested
  return (method: 'GET' | 'PUT' | 'DELETE', url: string, body?: object, role: TestRole = 'editor') =>
    app.inject({ method, url, headers: as[role], ...(body && { payload: body }) })
}

const lost = testSegment({ name: 'lost', filter: { dimension: 'plan', op: 'empty' } })
const errors = testSegment({ name: 'errors', cube: 'pages', filter: { dimension: 'status', op: 'range', from: 400 } })

test('each segment says which cubes it fits, or why it fits none', async () => {
  const call = await open([testSegment(), errors, lost])
  const { segments } = (await call('GET', '/api/v1/segments', undefined, 'viewer')).json()

  expect(segments).toMatchObject([
    { name: 'firefox', cubes: ['pages', 'sessions'], problems: [] },
    { name: 'errors', cubes: ['pages'], problems: [] },
    { name: 'lost', cubes: [], problems: [expect.stringContaining('no dimension "plan"'), expect.anything()] },
  ])
})

test('segments of files stand beside those that were made', async () => {
  const { createdBy, createdAt, updatedAt, ...ofFile } = testSegment({ name: 'of-a-file' })
  const call = await open([testSegment()], [ofFile])
  const { segments } = (await call('GET', '/api/v1/segments', undefined, 'viewer')).json()

  expect(segments).toMatchObject([
    { name: 'firefox', origin: 'made', createdBy: 'local', createdAt: '1970-01-01T00:00:00.000Z' },
    { name: 'of-a-file', origin: 'workspace', createdBy: null, createdAt: null, updatedAt: null },
  ])
})

test('the list can be of one cube', async () => {
  const call = await open([testSegment(), errors, lost])
  const { segments } = (await call('GET', '/api/v1/segments?cube=sessions')).json()
  expect(segments.map(({ name }: { name: string }) => name)).toEqual(['firefox'])
})

test('a segment is made by its name, then replaced, then gone', async () => {
  const call = await open()
  const url = '/api/v1/segments/mobile'
  const body = { filter: { dimension: 'browser', values: ['Safari'] } }

  const made = await call('PUT', url, body)
  expect(made.statusCode).toBe(201)
  expect(made.json().segment).toMatchObject({
    name: 'mobile',
    label: 'mobile',
    cube: null,
    filter: { dimension: 'browser', op: 'in', values: ['Safari'] },
  })

  const replaced = await call('PUT', url, { ...body, label: 'On the road' })
  expect([replaced.statusCode, replaced.json().segment.label]).toEqual([200, 'On the road'])

  expect((await call('DELETE', url)).statusCode).toBe(204)
  const gone = await call('DELETE', url)
  expect([gone.statusCode, gone.json().error.message]).toEqual([404, 'There is no segment mobile'])
})

test('who made it is written down', async () => {
  const call = await open()
  const body = { filter: { dimension: 'browser', values: ['Safari'] } }
  expect((await call('PUT', '/api/v1/segments/a', body, 'local')).json().segment.createdBy).toBe('local')
  expect((await call('PUT', '/api/v1/segments/b', body, 'key:admin')).json().segment.createdBy).toMatch(/^key \S+$/)
  expect((await call('PUT', '/api/v1/segments/c', body, 'editor')).json().segment.createdBy).toMatch(/^[\da-f-]{36}$/)
})

test.each([
  { what: 'no filter', name: 'a', body: { label: 'x' } },
  { what: 'a filter of another form', name: 'a', body: { filter: { browser: 'Firefox' } } },
  { what: 'a field that nobody knows', name: 'a', body: { filter: { dimension: 'browser', op: 'empty' }, x: 1 } },
  { what: 'a name with a space', name: 'a%20b', body: { filter: { dimension: 'browser', op: 'empty' } } },
  { what: 'a name in upper case', name: 'A', body: { filter: { dimension: 'browser', op: 'empty' } } },
])('$what is refused', async ({ name, body }) => {
  const call = await open()
  const answer = await call('PUT', `/api/v1/segments/${name}`, body)
  expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'invalid_request'])
})
