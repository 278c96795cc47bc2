import { expect, test } from 'vitest'
import { extentOf, logExtent, valueScale } from './value-scale.ts'

const base = { format: { format: 'integer' }, locale: 'en', steps: 4 } as const

test.each([
  { least: 0, greatest: 97, format: 'integer', labels: ['0', '25', '50', '75', '100'] },
  { least: 0, greatest: 3, format: 'integer', labels: ['0', '1', '2', '3'] },
  { least: 1200, greatest: 4800, format: 'integer', labels: ['0', '2K', '4K', '6K'] },
  { least: 0, greatest: 4900, format: 'integer', labels: ['0', '2K', '4K', '6K'] },
  { least: 0, greatest: 1000, format: 'integer', labels: ['0', '250', '500', '750', '1K'] },
  { least: 0, greatest: 5000, format: 'integer', labels: ['0', '2K', '4K', '6K'] },
  { least: -40, greatest: 90, format: 'integer', labels: ['-50', '0', '50', '100'] },
  { least: -90, greatest: -20, format: 'decimal', labels: ['-100', '-75', '-50', '-25', '0'] },
  { least: 0, greatest: 0.09, format: 'percent', labels: ['0', '2.5%', '5%', '7.5%', '10%'] },
  { least: 0, greatest: 1e-9, format: 'decimal', labels: ['0', '2.5E-10', '5E-10', '7.5E-10', '1E-9'] },
  { least: 0, greatest: 1e18, format: 'integer', labels: ['0', '2.5E17', '5E17', '7.5E17', '1E18'] },
  { least: 0, greatest: 290, format: 'seconds', labels: ['0', '2m', '4m', '6m'] },
  { least: 0, greatest: 0, format: 'integer', labels: ['0', '1'] },
] as const)('$least to $greatest as $format is labelled $labels', ({ least, greatest, format, labels }) => {
  expect(valueScale({ least, greatest }, { ...base, format: { format } }).labels).toEqual(labels)
})

test('small steps far from zero are told apart', () => {
  const scale = valueScale({ least: 1_000_000, greatest: 1_000_004 }, { ...base, fromZero: false })
  expect(scale.labels).toEqual(['1,000,000', '1,000,001', '1,000,002', '1,000,003', '1,000,004'])
})

test('the whole extent is on the axis, with as many steps as on the other side', () => {
  for (const greatest of [1, 7, 99, 101, 1e6 + 1, 0.013]) {
    const scale = valueScale({ least: 0, greatest }, { ...base, format: { format: 'decimal' }, exactly: true })
    expect(scale.ticks).toHaveLength(5)
    expect(scale.max).toBeGreaterThanOrEqual(greatest)
  }
})

test('a logarithmic axis runs over powers of ten, and zeros stand at its foot', () => {
  expect(valueScale({ least: 3, greatest: 4200 }, { ...base, isLog: true }).labels).toEqual([
    '1',
    '10',
    '100',
    '1K',
    '10K',
  ])
  const withZeros = logExtent([0, 3, 4200])
  expect(withZeros).toEqual({ least: 0.3, greatest: 4200 })
  expect(valueScale(withZeros, { ...base, isLog: true }).min).toBeLessThan(0.3)
})

test('nothing has no extent', () => {
  expect(extentOf([null, undefined])).toBeUndefined()
  expect(valueScale(undefined, base).labels).toEqual(['0', '1'])
})
