import { type Board, type Tab, type Widget, widgetsOf } from '@almanac/core/boards/board.ts'
import { rangeLabel } from '@almanac/core/time/range-expression.ts'
import { KINDS } from '../edit/kinds/kind-catalogue.ts'

/** What is different in a later board, in words, the most telling first. Nothing when they are alike. */
export function boardChanges(before: Board, after: Board): string[] {
  return [
    ...headChanges(before, after),
    ...listChanges('Tab', before.tabs, after.tabs, tabName),
    ...listChanges('Section', namedSections(before), namedSections(after), ({ title }) => quoted(title)),
    ...widgetChanges(before, after),
    ...defaultChanges(before, after),
  ]
}

function headChanges(before: Board, after: Board): string[] {
  return [
    ...(before.title === after.title ? [] : [`Title: ${quoted(before.title)} became ${quoted(after.title)}`]),
    ...(before.description === after.description ? [] : ['Description changed']),
  ]
}

interface Named {
  readonly id: string
}

function listChanges<T extends Named>(
  what: string,
  before: readonly T[],
  after: readonly T[],
  nameOf: (one: T) => string,
): string[] {
  const old = new Map(before.map((one) => [one.id, one]))
  const now = new Set(after.map(({ id }) => id))
  const kept = before.filter(({ id }) => now.has(id)).map(({ id }) => id)
  const keptNow = after.filter(({ id }) => old.has(id)).map(({ id }) => id)
  return [
    ...after.filter(({ id }) => !old.has(id)).map((one) => `${what} added: ${nameOf(one)}`),
    ...before.filter(({ id }) => !now.has(id)).map((one) => `${what} removed: ${nameOf(one)}`),
    ...after.flatMap((one) => {
      const was = old.get(one.id)
      return was && nameOf(was) !== nameOf(one) ? [`${what} renamed: ${nameOf(was)} became ${nameOf(one)}`] : []
    }),
    ...(kept.join() === keptNow.join() ? [] : [`${what}s in another order`]),
  ]
}

function widgetChanges(before: Board, after: Board): string[] {
  const old = new Map(widgetsOf(before).map((widget) => [widget.id, widget]))
  const now = new Map(widgetsOf(after).map((widget) => [widget.id, widget]))
  const parentOf = (board: Board) =>
    new Map(board.tabs.flatMap(({ sections }) => sections.flatMap(({ id, widgets }) => widgets.map((w) => [w.id, id]))))
  const [oldParents, parents] = [parentOf(before), parentOf(after)]
  const moved = [...now.values()].filter((widget) => {
    const was = old.get(widget.id)
    return was && (oldParents.get(widget.id) !== parents.get(widget.id) || !isSame(was.place, widget.place))
  })
  return [
    ...[...now.values()].filter(({ id }) => !old.has(id)).map((widget) => `Added: ${widgetName(widget)}`),
    ...[...old.values()].filter(({ id }) => !now.has(id)).map((widget) => `Removed: ${widgetName(widget)}`),
    ...[...now.values()].flatMap((widget) => {
      const was = old.get(widget.id)
      const parts = was ? widgetParts(was, widget) : []
      return parts.length > 0 ? [`${widgetName(widget)}: ${parts.join(', ')}`] : []
    }),
    ...(moved.length === 0 ? [] : [`Moved or resized: ${listed(moved.map(widgetName))}`]),
  ]
}

function widgetParts(before: Widget, after: Widget): string[] {
  const kinds = [before.chart.kind, after.chart.kind] as const
  return [
    ...(before.title === after.title ? [] : [`was called ${quoted(before.title)}`]),
    ...(before.description === after.description ? [] : ['another description']),
    ...(isSame(before.data, after.data) ? [] : ['other data']),
    ...(kinds[0] === kinds[1]
      ? isSame(before.chart, after.chart)
        ? []
        : ['drawn otherwise']
      : [`${KINDS[kinds[0]].label.toLowerCase()} became ${KINDS[kinds[1]].label.toLowerCase()}`]),
  ]
}

function defaultChanges(before: Board, after: Board): string[] {
  const became = (what: string, was: string, is: string) => (was === is ? [] : [`${what}: ${was} became ${is}`])
  const others = [
    ['Comparisons', 'compare'],
    ['Filters', 'filters'],
    ['Variables', 'variables'],
    ['Annotations', 'annotations'],
  ] as const
  return [
    ...became('Range', rangeLabel(before.range), rangeLabel(after.range)),
    ...became('Grain', before.grain, after.grain),
    ...became('Time zone', before.timezone ?? 'the reader’s', after.timezone ?? 'the reader’s'),
    ...became('Refresh', before.refresh, after.refresh),
    ...others.flatMap(([what, key]) => (isSame(before[key], after[key]) ? [] : [`${what} changed`])),
  ]
}

const namedSections = (board: Board) => board.tabs.flatMap(({ sections }) => sections.filter(({ title }) => title))
const tabName = ({ title }: Tab) => quoted(title)
const widgetName = ({ title, chart }: Widget) => (title ? quoted(title) : KINDS[chart.kind].label)
const quoted = (text = '') => `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`

function listed(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}

/** Boards are plain data; the order of keys says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [Object.entries(a).filter(isThere), Object.entries(b).filter(isThere)]
  const other = new Map(right)
  return left.length === right.length && left.every(([key, value]) => other.has(key) && isSame(value, other.get(key)))
}

const isThere = ([, value]: [string, unknown]) => value !== undefined
