import type { UploadColumn, UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { ColumnEvidence, UploadProposal, UploadQuestion } from '@almanac/core/uploads/upload-proposal.ts'
import type { FileRow, FileTable } from '../reading/file-rows.ts'
import { columnNames } from '../values/column-name.ts'
import { readCell } from '../values/read-cell.ts'
import { chooseTime, yearColumn } from './choose-time.ts'
import { type ChosenType, chooseType, habitsOf } from './choose-type.ts'
import { type Evidence, evidenceOf, noEvidence, noteCell } from './column-evidence.ts'
import { isDimension, proposeMeasures } from './propose-measures.ts'

const MOST_ROWS = 200_000
const SAMPLE_ROWS = 20
const LONGEST_SAMPLE = 200
const MISFITS_SHOWN = 5

export interface ProposeOptions {
  readonly label: string
  /** Of times that do not say theirs: where the person is. */
  readonly timezone: string
}

/** Reads as many rows as it takes to know the types, and says what the table probably means. */
export async function propose(
  { format, headers, rows }: FileTable,
  { label, timezone }: ProposeOptions,
): Promise<UploadProposal> {
  const kept: FileRow[] = []
  const evidence = headers.map(noEvidence)
  let isWhole = true
  for await (const row of rows) {
    if (kept.length >= MOST_ROWS) {
      isWhole = false
      break
    }
    kept.push(row)
    if (row.problem === undefined) for (const [i, one] of evidence.entries()) noteCell(one, row.cells[i] ?? null)
  }
  const habits = habitsOf(evidence)
  const chosen = headers.map((header, i) => chooseType(header, evidence[i] as Evidence, habits))
  const columns = columnsOf(headers, chosen, evidence)
  const { time, columns: timed } = withTime(columns, evidence)
  const definition: UploadDefinition = {
    label,
    description: '',
    timezone,
    ...(format.sheet !== undefined && { sheet: format.sheet }),
    hasHeader: !format.text.includes('without a header'),
    columns: timed,
    time,
    keys: [],
    measures: proposeMeasures(timed, evidence),
  }
  return {
    format,
    definition,
    evidence: await fitOf(kept, timed, evidence),
    sample: kept.slice(0, SAMPLE_ROWS).map(({ cells }) => headers.map((_, i) => shown(cells[i] ?? null))),
    rowsExamined: kept.length,
    isWhole,
    questions: questionsOf(timed, chosen, definition, evidence),
  }
}

const shown = (cell: FileRow['cells'][number]) => (cell === null ? '' : String(cell).slice(0, LONGEST_SAMPLE))

/** More than a cube may have, of a table of hundreds of columns. */
const MOST_DIMENSIONS = 95

function columnsOf(
  headers: readonly string[],
  chosen: readonly ChosenType[],
  evidence: readonly Evidence[],
): UploadColumn[] {
  const names = columnNames(headers)
  let dimensions = 0
  return headers.map((source, i) => {
    const { question: _, ...type } = chosen[i] as ChosenType
    const about = evidence[i] as Evidence
    const label = source.slice(0, 100).trim() || `Column ${i + 1}`
    return {
      source,
      name: names[i] as string,
      label,
      ...type,
      isDimension: isDimension(type, source, about) && dimensions++ < MOST_DIMENSIONS,
      isLeftOut: false,
    }
  })
}

function withTime(
  columns: readonly UploadColumn[],
  evidence: readonly Evidence[],
): { time: string | null; columns: UploadColumn[] } {
  const time = chooseTime(columns, evidence)
  if (time) return { time: time.name, columns: [...columns] }
  const year = yearColumn(columns, evidence)
  if (!year) return { time: null, columns: [...columns] }
  const asDate = { ...year, type: 'date' as const, dates: 'year' as const }
  return { time: year.name, columns: columns.map((column) => (column === year ? asDate : column)) }
}

/** How many values are of their column's type. */
async function fitOf(
  rows: readonly FileRow[],
  columns: readonly UploadColumn[],
  evidence: readonly Evidence[],
): Promise<ColumnEvidence[]> {
  return columns.map((column, i) => {
    const misfits = new Set<string>()
    let count = 0
    if (column.type !== 'text') {
      for (const { cells, problem } of rows) {
        if (problem !== undefined || !('expected' in readCell(cells[i] ?? null, column))) continue
        count += 1
        if (misfits.size < MISFITS_SHOWN) misfits.add(shown(cells[i] ?? null))
      }
    }
    return evidenceOf(evidence[i] as Evidence, column.type, [...misfits], count)
  })
}

function questionsOf(
  columns: readonly UploadColumn[],
  chosen: readonly ChosenType[],
  { time, timezone }: UploadDefinition,
  evidence: readonly Evidence[],
): UploadQuestion[] {
  const questions = columns.flatMap(({ name }, i): UploadQuestion[] => {
    const text = chosen[i]?.question
    return text === undefined ? [] : [{ column: name, text }]
  })
  if (time === null) questions.push({ text: 'No column says when. Every row then counts on the day of the upload.' })
  const at = columns.findIndex(({ name }) => name === time)
  const about = evidence[at]
  if (
    about &&
    about.clocks > 0 &&
    about.offsets === 0 &&
    columns[at]?.dates !== 'seconds' &&
    columns[at]?.dates !== 'milliseconds'
  )
    questions.push({
      column: time as string,
      text: `The times do not say their zone. They are read as times of ${timezone}.`,
    })
  return questions
}
