import type { Column, Row } from '../query/query.ts'
import type { Frame } from './frame.ts'

/**
 * Several frames as one: rows of the same time and of the same values of the dimensions that all of them have become one row (an
 * outer join: what one of them lacks is null). A dimension that not all have stays a column, and is null in the rows of the
 * others. A measure whose name another frame has, too, gets the place of its frame behind it: `hits`, `hits_2`.
 *
 * With `isLed`, the first frame decides which rows there are: what only others have is left out.
 *
 * When the data was read is the earliest of the frames, and buckets are open from the first that is open in one of them.
 */
export function joinFrames(frames: readonly Frame[], isLed = false): Frame {
  const [first, ...others] = frames
  if (!first) throw new TypeError('expected a frame or more')
  if (others.length === 0) return first
  const named = frames.map(withOwnNames(frames))
  const keys = sharedKeys(named)
  return {
    ...first,
    columns: uniqueColumns(
      named.flatMap(({ columns }) => columns),
      keys,
    ),
    rows: joinedRows(
      named.map(({ rows }) => rows),
      named,
      keys,
      isLed,
    ),
    totals: joinedTotals(named),
    grain: frames.find(({ grain }) => grain !== undefined)?.grain,
    openFrom: least(frames.map(({ openFrom }) => openFrom)),
    from: least(frames.map(({ from }) => from)),
    to: greatest(frames.map(({ to }) => to)),
    comparisons: uniqueBy(
      frames.flatMap(({ comparisons }) => comparisons),
      ({ name }) => name,
    ),
    asOf: least(frames.map(({ asOf }) => asOf)),
    isTruncated: frames.some(({ isTruncated }) => isTruncated),
  }
}

const isKey = ({ kind }: Column) => kind === 'time' || kind === 'dimension'
/** Flags do not tell rows apart, but for the rest of a top list, whose dimensions are null. */
const isHead = ({ kind }: Column) => kind === 'time' || kind === 'dimension' || kind === 'flag'
/** Of a comparison: where its bucket starts, which is the same for all measures. */
const isComparedTime = ({ kind, part }: Column) => kind === 'comparison' && part === 'time'

/** The frame at a place, its measures under names that no earlier frame has. */
function withOwnNames(frames: readonly Frame[]): (frame: Frame, place: number) => Frame {
  const taken = new Set<string>()
  return (frame, place) => {
    const names = new Map<string, string>()
    for (const { name, kind } of frame.columns) {
      if (kind !== 'measure') continue
      names.set(name, taken.has(name) ? freeName(name, place + 1, taken, frames) : name)
    }
    for (const name of names.values()) taken.add(name)
    if ([...names].every(([name, own]) => name === own)) return frame
    const nameOf = ({ name, measure }: Column) => {
      const own = names.get(name) ?? (measure === undefined ? undefined : names.get(measure))
      return measure === undefined || own === undefined ? (own ?? name) : `${own}${name.slice(measure.length)}`
    }
    const columns = frame.columns.map((column): Column => {
      const measure = column.measure === undefined ? undefined : names.get(column.measure)
      return { ...column, name: nameOf(column), ...(measure !== undefined && { measure }) }
    })
    const renamed = (row: Row): Row =>
      Object.fromEntries(
        frame.columns.flatMap((column, i) =>
          column.name in row ? [[columns[i]?.name ?? column.name, row[column.name] ?? null]] : [],
        ),
      )
    return {
      ...frame,
      columns,
      rows: frame.rows.map(renamed),
      totals: frame.totals.map((total) => ({ ...total, rows: total.rows.map(renamed) })),
    }
  }
}

function freeName(name: string, place: number, taken: ReadonlySet<string>, frames: readonly Frame[]): string {
  const all = new Set([...taken, ...frames.flatMap(({ columns }) => columns.map((column) => column.name))])
  for (let n = place; ; n++) {
    if (!all.has(`${name}_${n}`)) return `${name}_${n}`
  }
}

/** The columns by which rows are the same, those that all frames have. */
function sharedKeys(frames: readonly Frame[]): string[] {
  const lists = frames.map(({ columns }) => new Set(columns.filter(isKey).map(({ name }) => name)))
  return [...(lists[0] ?? [])].filter((name) => lists.every((names) => names.has(name)))
}

/** Time and dimensions first, as everywhere. */
function uniqueColumns(columns: readonly Column[], keys: readonly string[]): Column[] {
  const all = uniqueBy(columns, ({ name }) => name)
  const rank = (column: Column) => (keys.includes(column.name) ? 0 : isHead(column) ? 1 : 2)
  const [shared, own, values] = [0, 1, 2].map((wanted) => all.filter((column) => rank(column) === wanted))
  return [...(shared ?? []), ...(own ?? []), ...(values ?? [])]
}

/** In the order of the first frame; what it lacks is put where its time belongs, or at the end. */
function joinedRows(
  lists: readonly (readonly Row[])[],
  frames: readonly Frame[],
  keys: readonly string[],
  isLed = false,
): Row[] {
  const nothing = Object.fromEntries(frames.flatMap(({ columns }) => columns.map(({ name }) => [name, null])))
  const further = frames.map(({ columns }) => columns.filter((column) => isKey(column) && !keys.includes(column.name)))
  const joined = new Map<string, Row>()
  for (const [place, rows] of lists.entries()) {
    for (const row of rows) {
      const own = further[place]?.map(({ name }) => [name, row[name] ?? null]) ?? []
      const key = JSON.stringify([keys.map((name) => keyOf(row, name)), own, row.isRest === true])
      const before = joined.get(key)
      if (before || place === 0 || !isLed) joined.set(key, merged(before ?? nothing, row, frames[place] as Frame))
    }
  }
  return byTime([...joined.values()], frames, keys)
}

/** A time is an instant, however its offset is written. */
function keyOf(row: Row, name: string): unknown {
  const value = row[name] ?? null
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value)) return value
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? value : ms
}

/** The keys are written as the first frame that has them writes them. */
function merged(before: Row, row: Row, { columns }: Frame): Row {
  const after = { ...before }
  for (const column of columns) {
    const keeps = (isHead(column) || isComparedTime(column)) && (before[column.name] ?? null) !== null
    if (!keeps) after[column.name] = row[column.name] ?? null
  }
  return after
}

function byTime(rows: readonly Row[], frames: readonly Frame[], keys: readonly string[]): Row[] {
  const time = frames[0]?.columns.find(({ name, kind }) => kind === 'time' && keys.includes(name))
  if (!time) return [...rows]
  const ms = new Map(rows.map((row) => [row, Number(keyOf(row, time.name))]))
  const isDescending = rows.length > 1 && (ms.get(rows[0] as Row) ?? 0) > (ms.get(rows[1] as Row) ?? 0)
  return rows.toSorted((a, b) => ((ms.get(a) ?? 0) - (ms.get(b) ?? 0)) * (isDescending ? -1 : 1) || 0)
}

/** Sets of dimensions that all frames have totals of. */
function joinedTotals(frames: readonly Frame[]): Frame['totals'] {
  const keyOfSet = (dimensions: readonly string[]) => [...dimensions].sort().join('\n')
  return (frames[0]?.totals ?? []).flatMap(({ dimensions }) => {
    const key = keyOfSet(dimensions)
    const same = frames.map(({ totals }) => totals.find((one) => keyOfSet(one.dimensions) === key)?.rows)
    if (same.some((rows) => rows === undefined)) return []
    return {
      dimensions,
      rows: joinedRows(
        same.map((rows) => rows ?? []),
        frames,
        dimensions,
      ),
    }
  })
}

const least = (texts: readonly (string | undefined)[]) => sortedTimes(texts)[0]
const greatest = (texts: readonly (string | undefined)[]) => sortedTimes(texts).at(-1)

const sortedTimes = (texts: readonly (string | undefined)[]) =>
  texts.filter((text) => text !== undefined).toSorted((a, b) => Date.parse(a) - Date.parse(b))

function uniqueBy<T>(list: readonly T[], keyOf: (one: T) => string): T[] {
  const seen = new Map<string, T>()
  for (const one of list) if (!seen.has(keyOf(one))) seen.set(keyOf(one), one)
  return [...seen.values()]
}
