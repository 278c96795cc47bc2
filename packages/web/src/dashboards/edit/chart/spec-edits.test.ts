import { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { describe, expect, test } from 'vitest'
import { KIND_NAMES } from '../kinds/kind-catalogue.ts'
import { asKind, withEntry, withOption, withoutGoneColumns } from './spec-edits.ts'

test('an option is set and left to the drawing again', () => {
  const stepped = withOption({ kind: 'line' }, 'curve', 'step')
  expect(stepped).toEqual({ kind: 'line', curve: 'step' })
  expect(withOption(stepped, 'curve', undefined)).toEqual({ kind: 'line' })
  expect(withOption({ kind: 'line', values: ['hits'] }, 'values', [])).toEqual({ kind: 'line' })
})

describe('as another kind', () => {
  test('options that both have stay', () => {
    const line: ChartSpec = { kind: 'line', series: 'os', curve: 'step', labels: { hits: 'Views' } }
    expect(asKind(line, 'bar')).toEqual({ kind: 'bar', series: 'os', labels: { hits: 'Views' } })
  })

  test('an option of the same name that means something else is left out', () => {
    expect(asKind({ kind: 'heat_map', x: 'os' }, 'text')).toEqual({ kind: 'text', text: '' })
    expect(asKind({ kind: 'cohort_grid', show: 'share' }, 'table')).toEqual({ kind: 'table' })
  })

  test.each(KIND_NAMES)('a line, a table and a text become a valid %s', (kind) => {
    for (const from of [
      { kind: 'line', legend: 'top' },
      { kind: 'table', show: ['a'] },
      { kind: 'text', text: 'x' },
    ]) {
      const spec = asKind(ChartSpec.parse(from), kind)
      expect(ChartSpec.parse(spec)).toEqual(spec)
    }
  })
})

test('a column has a name of its own until it is taken away', () => {
  const named = withEntry({ kind: 'bar' }, 'labels', 'hits', 'Views')
  expect(named).toEqual({ kind: 'bar', labels: { hits: 'Views' } })
  expect(withEntry(named, 'labels', 'hits', undefined)).toEqual({ kind: 'bar' })
})

test('columns that are gone are left out of the options', () => {
  const spec: ChartSpec = { kind: 'combo', x: 'os', values: ['hits', 'visitors'], right: ['visitors'], curve: 'step' }
  expect(withoutGoneColumns(spec, ['time', 'hits'])).toEqual({ kind: 'combo', values: ['hits'], curve: 'step' })
  expect(withoutGoneColumns(spec, ['os', 'hits', 'visitors'])).toBe(spec)
})
