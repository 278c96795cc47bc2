import type { FilterLeaf } from '@almanac/core/query/filter.ts'
import { VALUE_OPERATORS } from '../board/choice/filter-text.ts'
import type { BoardDimension } from './board-dimensions.ts'

/** A condition while it is being written: all of its fields, whichever of them count for the operator. */
export interface FilterDraft {
  readonly op: FilterLeaf['op']
  readonly values: readonly (string | number | boolean)[]
  /** Of the operators on text. */
  readonly text: string
  readonly from: string
  readonly to: string
}

export function draftOf(filter: FilterLeaf | undefined): FilterDraft {
  if (!filter) return { op: 'in', values: [], text: '', from: '', to: '' }
  const values = 'values' in filter ? filter.values : []
  const bounds = filter.op === 'range' ? filter : {}
  return {
    op: filter.op,
    values,
    text: String(values[0] ?? ''),
    from: 'from' in bounds ? String(bounds.from) : '',
    to: 'to' in bounds ? String(bounds.to) : '',
  }
}

/** `undefined` while it says nothing yet. */
export function filterOfDraft(
  { name, type }: Pick<BoardDimension, 'name' | 'type'>,
  draft: FilterDraft,
): FilterLeaf | undefined {
  const { op } = draft
  if (op === 'empty' || op === 'not_empty') return { dimension: name, op }
  if (op === 'range') {
    const from = bound(draft.from, type)
    const to = bound(draft.to, type)
    if (from === undefined && to === undefined) return undefined
    return { dimension: name, op, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  }
  const values = op === 'in' || op === 'not_in' ? [...draft.values] : draft.text === '' ? [] : [draft.text]
  return values.length > 0 ? { dimension: name, op, values } : undefined
}

export function operatorsFor(type: BoardDimension['type']): readonly FilterLeaf['op'][] {
  return OPERATORS[type]
}

const OPERATORS: Readonly<Record<BoardDimension['type'], readonly FilterLeaf['op'][]>> = {
  string: [...VALUE_OPERATORS, 'empty', 'not_empty'],
  number: ['in', 'not_in', 'range', 'empty', 'not_empty'],
  boolean: ['in', 'not_in'],
}

function bound(text: string, type: BoardDimension['type']): string | number | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (type !== 'number') return trimmed
  return Number.isFinite(Number(trimmed)) ? Number(trimmed) : undefined
}
