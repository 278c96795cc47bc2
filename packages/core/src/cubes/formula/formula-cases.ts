/** Formulas and their values: what they are here and in the engine. */
interface FormulaCase {
  readonly formula: string
  readonly values: Readonly<Record<string, number | null>>
  readonly result: number | null
}

export const FORMULA_CASES: readonly FormulaCase[] = [
  { formula: '1 + 2 * 3', values: {}, result: 7 },
  { formula: '(1 + 2) * 3', values: {}, result: 9 },
  { formula: '10 - 4 - 3', values: {}, result: 3 },
  { formula: '16 / 4 / 2', values: {}, result: 2 },
  { formula: '2 * -3', values: {}, result: -6 },
  { formula: '- -a - -1', values: { a: 2 }, result: 3 },
  { formula: '1.5e2 + .5', values: {}, result: 150.5 },
  { formula: 'revenue / visitors', values: { revenue: 10, visitors: 4 }, result: 2.5 },
  { formula: 'revenue / visitors', values: { revenue: 10, visitors: 0 }, result: null },
  { formula: 'revenue / visitors', values: { revenue: 0, visitors: 0 }, result: null },
  { formula: 'a / (b - b)', values: { a: 1, b: 7 }, result: null },
  { formula: 'a / -b', values: { a: 1, b: 0 }, result: null },
  { formula: 'a + b', values: { a: 1, b: null }, result: null },
  { formula: '0 * a', values: { a: null }, result: null },
  { formula: '0 * a', values: { a: -1 }, result: 0 },
  { formula: 'nullif(a, 0)', values: { a: 0 }, result: null },
  { formula: 'nullif(a, b)', values: { a: 3, b: null }, result: 3 },
  { formula: 'nullif(a, b)', values: { a: null, b: 3 }, result: null },
  { formula: 'nullif(a, b)', values: { a: null, b: null }, result: null },
  { formula: 'coalesce(a / b, 0)', values: { a: 1, b: 0 }, result: 0 },
  { formula: 'coalesce(a, b, 5)', values: { a: null, b: null }, result: 5 },
  { formula: 'coalesce(a, b)', values: { a: 2, b: 9 }, result: 2 },
  { formula: 'min(a, b, 4)', values: { a: 7, b: 5 }, result: 4 },
  { formula: 'max(a, min(b, 4))', values: { a: 3, b: 5 }, result: 4 },
  { formula: 'min(a, b)', values: { a: 7, b: null }, result: null },
  { formula: 'max(a, b)', values: { a: null, b: 7 }, result: null },
  { formula: 'abs(a - b)', values: { a: 1, b: 3.5 }, result: 2.5 },
  { formula: 'abs(a)', values: { a: null }, result: null },
  { formula: 'round(a)', values: { a: 2.5 }, result: 2 },
  { formula: 'round(a)', values: { a: 3.5 }, result: 4 },
  { formula: 'round(a)', values: { a: -2.5 }, result: -2 },
  { formula: 'round(a, 2)', values: { a: 1.005 }, result: 1 },
  { formula: 'round(a, 2)', values: { a: 2.675 }, result: 2.68 },
  { formula: 'round(a / b, 1)', values: { a: 2, b: 3 }, result: 0.7 },
  { formula: 'round(a)', values: { a: -0.2 }, result: 0 },
  { formula: '1e308 * 10', values: {}, result: null },
  { formula: '1 / (1e308 * 10)', values: {}, result: 0 },
  { formula: '0.1 + 0.2', values: {}, result: 0.1 + 0.2 },
  { formula: '9007199254740993 + 0', values: {}, result: 9007199254740992 },
]
