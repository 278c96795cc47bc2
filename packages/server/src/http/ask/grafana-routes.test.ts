import type { Query } from '@almanac/core/query/query.ts'
import { afterEach, expect, test } from 'vitest'
import type { Annotation } from '../../boards/annotations/annotation-store.ts'
import type { Annotations } from '../../boards/annotations/annotations.ts'
import { noBoards } from '../../boards/testing/no-boards.ts'
import { answerOf, TINY_CUBE } from '../../feeds/testing/tiny-cube.ts'
import { buildTestApp, type TestApp } from '../test-app.ts'

let tested: TestApp | undefined
afterEach(() => tested?.app.close())

async function grafana(rowsOf: (query: Query) => object[] = () => [], list: Annotations['list'] = async () => []) {
  const asked: Query[] = []
  const runQuery = async (query: Query) => {
    asked.push(query)
    return {
      ...answerOf(query, rowsOf(query) as never),
      columns: [
        { name: 'country', kind: 'dimension' as const, type: 'string' as const, label: 'Country' },
        { name: 'hits', kind: 'measure' as const, type: 'number' as const, label: 'Hits' },
      ],
    }
  }
  const annotations = { ...noBoards().annotations, list }
  tested = await buildTestApp({ grafana: { definitions: () => [TINY_CUBE], runQuery }, annotations })
  const { app, as } = tested
  const post = async (path: string, payload?: object) => {
    const answer = await app.inject({
      method: 'POST',
      url: `/grafana/${path}`,
      headers: as['key:read'],
      ...(payload && { payload }),
    })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json()
  }
  return { asked, post, app, as }
}

const RANGE = { from: '2026-01-14T00:00:00.000Z', to: '2026-01-15T00:00:00.000Z', raw: { from: 'now-24h', to: 'now' } }

test('metrics come with their options', async () => {
  const { post, app, as } = await grafana()
  expect((await app.inject({ url: '/grafana/', headers: as['key:read'] })).json()).toEqual({ status: 'ok' })
  const metrics = await post('metrics', { metric: '' })
  expect(metrics).toContainEqual(
    expect.objectContaining({
      label: 'Web: Visitors',
      value: 'web:visitors',
      payloads: expect.arrayContaining([expect.objectContaining({ name: 'dimensions', type: 'multi-select' })]),
    }),
  )
  expect(await post('metric-payload-options', { metric: 'web:hits', name: 'dimensions' })).toContainEqual({
    label: 'Country',
    value: 'country',
  })
  expect(await post('search', { target: 'vis' })).toEqual(['web:visitors'])
})

test('a target is a series for each value of its dimensions', async () => {
  const { asked, post } = await grafana(() => [
    { time: '2026-01-14T10:00:00+01:00', country: 'DE', hits: 4 },
    { time: '2026-01-14T11:00:00+01:00', country: 'DE', hits: null },
    { time: '2026-01-14T10:00:00+01:00', country: '', hits: 1 },
  ])
  const targets = [{ refId: 'A', target: 'web:hits', payload: { dimensions: ['country'], grain: 'auto', top: '5' } }]
  const adhocFilters = [
    { key: 'status', operator: '!=', value: '404' },
    { key: 'of another cube', operator: '=', value: 'x' },
  ]
  expect(
    await post('query', { range: RANGE, intervalMs: 1_800_000, maxDataPoints: 100, targets, adhocFilters }),
  ).toEqual([
    {
      target: 'DE',
      datapoints: [
        [4, Date.parse('2026-01-14T09:00:00Z')],
        [null, Date.parse('2026-01-14T10:00:00Z')],
      ],
    },
    { target: '(none)', datapoints: [[1, Date.parse('2026-01-14T09:00:00Z')]] },
  ])
  expect(asked[0]).toMatchObject({
    grain: 'hour',
    top: { by: 'hits', count: 5, direction: 'desc' },
    filters: [{ dimension: 'status', op: 'not_in', values: ['404'] }],
  })
})

test('a table is one bucket, unless a grain is asked for', async () => {
  const { asked, post } = await grafana(() => [{ country: 'DE', hits: 4 }])
  const targets = [{ target: 'web:hits', type: 'table', payload: { dimensions: 'country' } }]
  expect(await post('query', { range: RANGE, targets })).toEqual([
    {
      type: 'table',
      columns: [
        { text: 'Country', type: 'string' },
        { text: 'Hits', type: 'number' },
      ],
      rows: [['DE', 4]],
    },
  ])
  expect(asked[0]?.grain).toBeUndefined()
})

test('filters of a whole dashboard are offered', async () => {
  const { post } = await grafana()
  expect(await post('tag-keys')).toContainEqual({ type: 'string', text: 'country' })
  expect(await post('tag-values', { key: 'country' })).toEqual([{ text: 'DE' }])
})

const DEPLOY: Annotation = {
  id: 'a',
  at: new Date('2026-01-14T09:12:00Z'),
  until: null,
  title: 'Deploy 1.4',
  text: 'By hand.',
  tags: ['deploy', 'shop'],
  board: null,
  by: 'Ada',
}
const SALE: Annotation = { ...DEPLOY, title: 'Sale', text: '', tags: [], until: new Date('2026-01-14T11:00:00Z') }

/** With somebody who asks for annotations. */
async function annotated(stored: readonly Annotation[]) {
  const asked: object[] = []
  const list: Annotations['list'] = async (search) => {
    asked.push(search)
    return [...stored]
  }
  return { ...(await grafana(() => [], list)), asked }
}

test('annotations are those of the range and the tags, in the form of older plug-ins', async () => {
  const { post, asked } = await annotated([DEPLOY, SALE, { ...DEPLOY, board: 'sales' }])
  const annotation = {
    name: 'deploy',
    datasource: 'JSON',
    iconColor: 'rgba(255, 96, 96, 1)',
    enable: true,
    query: '#deploy #big sale, shop',
  }
  expect(await post('annotations', { range: RANGE, rangeRaw: RANGE.raw, annotation })).toEqual([
    {
      annotation,
      time: Date.parse('2026-01-14T09:12:00Z'),
      title: 'Deploy 1.4',
      text: 'By hand.',
      tags: ['deploy', 'shop'],
    },
    {
      annotation,
      time: Date.parse('2026-01-14T09:12:00Z'),
      timeEnd: Date.parse('2026-01-14T11:00:00Z'),
      isRegion: true,
      title: 'Sale',
      text: '',
      tags: [],
    },
  ])
  expect(asked).toEqual([{ from: new Date(RANGE.from), to: new Date(RANGE.to), tags: ['deploy', 'big sale', 'shop'] }])
})

test.each([{ name: 'all' }, { query: '' }, { query: null }, undefined])(
  'with %j as the annotation asked for, all of the range are there',
  async (annotation) => {
    const { post, asked } = await annotated([DEPLOY])
    expect(await post('annotations', { range: RANGE, ...(annotation && { annotation }) })).toHaveLength(1)
    expect(asked).toMatchObject([{ tags: [] }])
  },
)

test('newer plug-ins ask for annotations as for a panel, and find the columns by their names', async () => {
  const { post, asked } = await annotated([DEPLOY, SALE])
  expect(await post('metrics', { metric: 'annotations' })).toMatchObject([{ payloads: [{ name: 'tags' }] }])

  const targets = [{ refId: 'Anno', target: 'annotations', payload: { tags: 'deploy' } }]
  expect(await post('query', { range: RANGE, targets })).toEqual([
    {
      type: 'table',
      columns: ['time', 'timeEnd', 'title', 'text', 'tags'].map((text) => ({ text, type: expect.any(String) })),
      rows: [
        [DEPLOY.at.getTime(), null, 'Deploy 1.4', 'By hand.', 'deploy,shop'],
        [SALE.at.getTime(), SALE.until?.getTime(), 'Sale', '', ''],
      ],
    },
  ])
  expect(asked).toMatchObject([{ tags: ['deploy'] }])
})

test('a metric that is not there is refused with what was expected', async () => {
  const { app, as } = await grafana()
  const payload = { range: RANGE, targets: [{ target: 'web:nothing' }] }
  const answer = await app.inject({ method: 'POST', url: '/grafana/query', headers: as['key:read'], payload })
  expect(answer.statusCode).toBe(400)
  expect(answer.body).toContain('expected a cube and a measure')
})
