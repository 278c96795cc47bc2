import type { CubeBase, Dimension } from '../cube.ts'
import { countsPersons, type Measure } from '../measure.ts'
import { lookupJoin } from './dimension-sql.ts'
import { numberJoin, personJoin } from './person-sql.ts'

export interface RawNeeds {
  readonly measures: readonly Measure[]
  readonly dimensions: readonly { readonly name: string; readonly dimension: Dimension }[]
  /** How many have a number, where that is known. */
  readonly persons?: number | undefined
}

/** What stands behind FROM where these measures by these dimensions are made of the raw rows for which `where` is true. */
export function rawFrom(base: CubeBase, { measures, dimensions, persons: known }: RawNeeds, where: string): string {
  const from = `${base.from}${base.isReplacing ? ' FINAL' : ''}`
  const lookups = dimensions.flatMap(({ name, dimension }) =>
    dimension.kind === 'lookup' ? [lookupJoin(name, dimension)] : [],
  )
  const persons = base.person && measures.some(countsPersons) ? personJoins(base.person, from, where, known) : []
  return [from, ...persons, ...lookups].join('\n')
}

function personJoins(
  person: NonNullable<CubeBase['person']>,
  from: string,
  where: string,
  known: number | undefined,
): string[] {
  const areFew = known !== undefined && known <= MOST_JOINED_WHOLE
  return [personJoin(person), numberJoin(person, areFew ? undefined : { from, where })].filter((join) => join !== '')
}

/** To read all of these takes the engine less than to plan and run a second scan that says which are needed. */
const MOST_JOINED_WHOLE = 200_000
