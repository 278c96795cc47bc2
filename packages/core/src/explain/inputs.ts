import type { CubeDefinition } from '../cubes/cube.ts'
import { namesIn, parseFormula } from '../cubes/formula/formula.ts'
import type { Query } from '../query/query.ts'
import { withInputs } from '../query/resolve/resolve-measures.ts'
import type { ResolvedQuery } from '../query/resolve/resolve-query.ts'
import { strandsOf } from '../query/sql/strands.ts'
import { instantText } from '../time/moment.ts'
import type { Cell } from './explain.ts'

/** A value that another one is computed from, as the query and the cell that ask for it. */
export interface Input {
  readonly role: string
  readonly query: Query
  readonly cell: Cell
}

export interface Inputs {
  readonly inputs: readonly Input[]
  /** The query for the values by a finer grain that the value is the mean of. */
  readonly series?: Query
}

/** Asked for: the value of `cell` in `query`; `alone` and `resolved` are the query for that value and what it means. */
export interface InputRequest {
  readonly query: Query
  readonly cell: Cell
  readonly alone: Query
  readonly resolved: ResolvedQuery
  /** Milliseconds since 1970. */
  readonly nowMs: number
}

/** What the first measure of a query is computed from; nothing for what is computed from rows. */
export function inputsOf(request: InputRequest): Inputs {
  const { query, cell, alone, resolved } = request
  const [named] = resolved.measures
  const measure = named?.measure
  if (measure?.class === 'derived') {
    const names = namesIn(parseFormula(measure.formula))
    return { inputs: names.map((name) => ({ role: name, query: { ...query, measures: [name] }, cell })) }
  }
  if (named === undefined || measure?.class !== 'window') return { inputs: [] }
  const of = { ...query, measures: [measure.measure] }
  switch (measure.window.kind) {
    case 'trailing':
    case 'to_date':
      return { inputs: [{ role: measure.measure, ...overItsWindow(request, of, named.name) }] }
    case 'mean':
      return { inputs: [], series: { ...alone, measures: [measure.measure], grain: measure.window.grain } }
    case 'share':
      return {
        inputs: [
          { role: measure.measure, query: of, cell },
          { role: `${measure.measure} of all`, query: of, cell: { ...cell, dimensions: {} } },
        ],
      }
  }
}

/** The same measure over the time that it looks back on, which is one bucket. */
function overItsWindow(
  { cell, resolved, nowMs }: InputRequest,
  of: Query,
  name: string,
): Pick<Input, 'query' | 'cell'> {
  const { measures, cube, range, calendar } = resolved
  const strand = strandsOf(measures, cube, range.windows, calendar, nowMs).find(
    (one) => one.kind === 'spread' && one.name === name,
  )
  const window = strand?.kind === 'spread' ? strand.windows[0] : undefined
  if (!window) throw new Error(`the window of ${name} is not known`)
  const { grain: _, ...query } = of
  return {
    query: { ...query, from: instantText(window.from), to: instantText(window.to) },
    cell: { dimensions: cell.dimensions },
  }
}

/** A share is a value among others: asked for alone, it would be the whole. */
export function isAmongOthers(name: string, cube: CubeDefinition): boolean {
  const measure = cube.measures[name]
  return (
    measure !== undefined &&
    withInputs({ name, measure }, cube).some(
      (one) => one.measure.class === 'window' && one.measure.window.kind === 'share',
    )
  )
}
