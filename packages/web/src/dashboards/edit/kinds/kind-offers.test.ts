import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import { expect, test } from 'vitest'
import { KNOWN_CUBES, knownCube } from '../testing/known-cubes.ts'
import { shapeOf } from './data-shape.ts'
import { newCubeData } from './fitting-data.ts'
import { KIND_NAMES } from './kind-catalogue.ts'
import { offersForData, offersForWish } from './kind-offers.ts'

const wish = { measures: ['hits'], dimensions: [], isOverTime: true }
const offers = offersForWish(knownCube('web'), wish)
const offerOf = (kind: string) => offers.find((offer) => offer.kind === kind)

test('every kind with figures is offered once, those that fit first', () => {
  expect(offers.map(({ kind }) => kind).toSorted()).toEqual(KIND_NAMES.filter((kind) => !isStatic(kind)).toSorted())
  const fits = offers.map(({ fit }) => fit)
  expect(fits.toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))).toEqual(fits)
  expect(offers[0]).toEqual({ kind: 'line', fit: 'fits' })
})

const ORDER = ['fits', 'adapts', 'never']

test.each([
  { kind: 'ranked_list', reason: 'as totals, by channel' },
  { kind: 'stacked_area', reason: 'by channel' },
  { kind: 'combo', reason: 'with visitors' },
  { kind: 'world_map', reason: 'as totals, by country' },
  { kind: 'cohort_grid', reason: 'asks for cohorts' },
])('$kind fits $reason', ({ kind, reason }) => {
  expect(offerOf(kind)).toEqual({ kind, fit: 'adapts', reason })
})

test('what the cube does not have is said', () => {
  const [visits] = KNOWN_CUBES.filter(({ name }) => name === 'visits')
  const offer =
    visits && offersForWish(visits, { ...wish, measures: ['visits'] }).find(({ kind }) => kind === 'hour_weekday')
  expect(offer).toMatchObject({ fit: 'never', reason: 'Needs the hour of the day and the day of the week' })
})

test('several questions are shown as they are, or not at all', () => {
  const data = [newCubeData('web', wish), newCubeData('visits', { ...wish, measures: ['visits'] })]
  const found = offersForData(data, shapeOf(data), KNOWN_CUBES)
  expect(found.find(({ kind }) => kind === 'combo')).toEqual({ kind: 'combo', fit: 'fits' })
  expect(found.find(({ kind }) => kind === 'pie')).toMatchObject({ fit: 'never' })
})

test('of a statement in SQL everything fits until its answer is there', () => {
  const found = offersForData([{ from: 'sql', sql: 'SELECT 1', parameters: {} }], undefined, KNOWN_CUBES)
  expect(found.every(({ fit }) => fit === 'fits')).toBe(true)
})
