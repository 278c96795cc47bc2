import type { WidgetData } from '@almanac/core/boards/board.ts'
import type { Column } from '@almanac/core/query/query.ts'
import type { CubeEntry } from '../../../api/cubes.ts'
import type { ColumnUse } from './kind-options.ts'

/** A column of a widget's data, as far as choosing needs to know it. */
export type KnownColumn = Pick<Column, 'name' | 'kind' | 'label'> & { readonly type: Column['type'] }

/** The columns of the answer where there is one; before that, those that the questions will bring. */
export function knownColumns(
  data: readonly WidgetData[],
  cubes: readonly CubeEntry[],
  answered: readonly Column[] | undefined,
): KnownColumn[] {
  if (answered) return answered.filter(({ kind }) => kind !== 'comparison' && kind !== 'flag')
  const columns = data.flatMap((one) => (one.from === 'cube' ? columnsOfCube(one, cubes) : []))
  return columns.filter(({ name }, i) => columns.findIndex((column) => column.name === name) === i)
}

type CubeData = Extract<WidgetData, { readonly from: 'cube' }>

function columnsOfCube(
  { cube: name, grain, dimensions, measures }: CubeData,
  cubes: readonly CubeEntry[],
): KnownColumn[] {
  const cube = cubes.find((one) => one.name === name)
  const labelIn = (list: readonly { readonly name: string; readonly label: string }[] | undefined, one: string) =>
    list?.find((known) => known.name === one)?.label ?? one
  return [
    ...(grain === 'none' ? [] : [{ name: 'time', kind: 'time' as const, type: 'time' as const, label: 'Time' }]),
    ...dimensions.map((one): KnownColumn => {
      const type = cube?.dimensions.find((known) => known.name === one)?.type
      return {
        name: one,
        kind: 'dimension',
        type: type === 'number' || type === 'boolean' ? type : 'string',
        label: labelIn(cube?.dimensions, one),
      }
    }),
    ...measures.map(
      (one): KnownColumn => ({ name: one, kind: 'measure', type: 'number', label: labelIn(cube?.measures, one) }),
    ),
  ]
}

export function columnsFor(use: ColumnUse, columns: readonly KnownColumn[]): KnownColumn[] {
  return columns.filter((column) => isFor(use, column))
}

function isFor(use: ColumnUse, { kind, type }: KnownColumn): boolean {
  switch (use) {
    case 'measure':
      return kind === 'measure' || (kind !== 'time' && type === 'number')
    case 'dimension':
      return kind === 'dimension'
    case 'time':
      return kind === 'time' || type === 'time'
    case 'axis':
      return kind === 'dimension' || kind === 'time'
    case 'any':
      return true
  }
}
