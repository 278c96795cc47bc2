import { countOf, type FilteredCounts } from '../read/filtered-counts.ts'
import { countText } from './figures.ts'
import { type FileReport, isRight } from './file-report.ts'

const COLUMNS = [
  { title: 'read', value: (report: FileReport) => report.read },
  { title: 'stored', value: (report: FileReport) => report.stored },
  { title: 'already there', value: (report: FileReport) => report.alreadyThere },
  { title: 'quarantined', value: (report: FileReport) => report.quarantined },
  { title: 'filtered', value: (report: FileReport) => countOf(report.filtered) },
  { title: 'empty', value: (report: FileReport) => report.empty },
] as const

/** The account of an import for people: a row for each file, a total, and what there is to say about the files. */
export function summaryText(reports: readonly FileReport[]): string {
  const rows = reports.map((report) => [report.file, ...COLUMNS.map(({ value }) => countText(value(report)))])
  const totals = COLUMNS.map(({ value }) => countText(reports.reduce((sum, report) => sum + value(report), 0)))
  const table = [['lines', ...COLUMNS.map(({ title }) => title)], ...rows]
  if (reports.length > 1) table.push(['in all', ...totals])
  return [...alignedColumns(table), ...reports.flatMap(notes)].join('\n')
}

/** The same for machines. */
export function summaryJson(reports: readonly FileReport[]): string {
  return JSON.stringify({ ok: reports.every(isRight), files: reports })
}

function alignedColumns(table: readonly (readonly string[])[]): string[] {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)))
  const aligned = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)
  return table.map((row) => row.map(aligned).join('   '))
}

function notes(report: FileReport): string[] {
  const { file, error, unaccounted, linesBefore, read, empty } = report
  const lines: string[] = []
  if (linesBefore > 0) lines.push(`${file}: went on after line ${countText(linesBefore)}, where it had stopped before.`)
  if (read + empty + linesBefore === 0 && error === undefined) lines.push(`${file}: it is empty.`)
  lines.push(...quarantineNotes(report), ...filterNotes(report))
  if (unaccounted !== 0) {
    const what = unaccounted > 0 ? 'lines are not accounted for' : 'lines were counted that were not read'
    lines.push(`${file}: ${countText(Math.abs(unaccounted))} ${what}. Run the same command again; see almanac doctor.`)
  }
  if (error) lines.push(`${file}: ${error.message}.${error.hint === undefined ? '' : ` ${error.hint}`}`)
  return lines.length === 0 ? [] : ['', ...lines.map(printable)]
}

function quarantineNotes({ file, quarantined, reasons, importId }: FileReport): string[] {
  if (quarantined === 0) return []
  const lines = reasons.map(({ line, reason }) => `  line ${line === null ? '?' : countText(line)}: ${reason}`)
  const rest = quarantined - reasons.length
  const sql = `SELECT line, reason, raw FROM quarantine WHERE import_id = '${importId}' ORDER BY line`
  const more = rest > 0 ? `  and ${countText(rest)} more: ` : '  The lines themselves: '
  return [`${file}: kept in quarantine, because not understood:`, ...lines, `${more}almanac sql "${sql}"`]
}

function filterNotes({ file, filtered }: FileReport): string[] {
  if (countOf(filtered) === 0) return []
  const parts = Object.entries(filtered).map(([reason, count]) => `${FILTERS[reason as Filter]} ${countText(count)}`)
  return [`${file}: left out by the settings of the source: ${parts.join(', ')}.`]
}

type Filter = keyof FilteredCounts
const FILTERS: Record<Filter, string> = {
  address: 'blocked addresses',
  path: 'blocked paths',
  origin: 'other origins',
  global_privacy_control: 'Global Privacy Control',
  do_not_track: 'Do Not Track',
}

/** Lines of files and their names may hold anything, and a terminal obeys what it is sent. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
