import { type ExcelCell, type ExcelColumn, excelCell } from './excel-cell.ts'
import type { SharedTexts } from './shared-texts.ts'
import { part } from './xml-part.ts'

/** The parts of a sheet as Excel writes them: https://ecma-international.org/publications-and-standards/standards/ecma-376/ */

/** Indices of `cellXfs` below. */
const STYLES = { number: 0, boolean: 0, header: 1, date: 2, time: 3, text: 4 } as const

export const STYLES_XML = part(
  'styleSheet',
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>' +
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="5">${[style(0), style(49, 1), style(164), style(165), style(49)].join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
)

function style(format: number, font = 0): string {
  const applies = `${format === 0 ? '' : ' applyNumberFormat="1"'}${font === 0 ? '' : ' applyFont="1"'}`
  return `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0"${applies}/>`
}

const WIDTHS: Record<ExcelColumn['kind'], number> = { number: 12, date: 12, time: 20, boolean: 10, text: 24 }
const WIDEST = 60

/** A first row of names, which stays in sight, and the rows as they come. */
export async function* sheetXml(
  columns: readonly ExcelColumn[],
  pieces: AsyncIterable<readonly (readonly unknown[])[]>,
  texts: SharedTexts,
): AsyncGenerator<string> {
  const cellXml = cellWriter(texts)
  const letters = columns.map((_, i) => columnLetters(i))
  const widths = columns.map(({ name, kind }, i) => {
    const width = Math.min(WIDEST, Math.max(WIDTHS[kind], name.length + 2))
    return `<col min="${i + 1}" max="${i + 1}" width="${width}" style="${STYLES[kind]}" customWidth="1"/>`
  })
  const names = columns.map(({ name }, i) => cellXml(excelCell(name, HEADING), `${letters[i]}1`, STYLES.header))
  const [start, end] = part('worksheet', '\n').split('\n', 2) as [string, string]
  yield `${start}<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
  yield `${widths.length === 0 ? '' : `<cols>${widths.join('')}</cols>`}<sheetData><row r="1">${names.join('')}</row>`
  let at = 1
  for await (const rows of pieces) {
    const lines = rows.map((row) => {
      at += 1
      const cells = columns.map((column, i) =>
        cellXml(excelCell(row[i], column), letters[i] + String(at), STYLES[column.kind]),
      )
      return `<row r="${at}">${cells.join('')}</row>`
    })
    yield lines.join('')
  }
  yield `</sheetData>${end}`
}

const HEADING: ExcelColumn = { name: 'a name', kind: 'text' }

function cellWriter(texts: SharedTexts) {
  return (cell: ExcelCell, place: string, style: number): string => {
    if (cell === null) return ''
    const at = `r="${place}" s="${style}"`
    if (typeof cell === 'number') return `<c ${at}><v>${cell}</v></c>`
    if (typeof cell === 'boolean') return `<c ${at} t="b"><v>${cell ? 1 : 0}</v></c>`
    if (cell instanceof Date) return `<c ${at}><v>${serialOf(cell)}</v></c>`
    return `<c ${at} t="s"><v>${texts.indexOf(cell)}</v></c>`
  }
}

const DAY_MS = 86_400_000
/** 1 January 1970 in days of Excel. */
const EPOCH_DAY = 25_569

const serialOf = (date: Date) => date.getTime() / DAY_MS + EPOCH_DAY

/** `A` to `Z`, `AA` and so on. */
function columnLetters(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest === 0 ? '' : columnLetters(rest - 1)) + String.fromCharCode(65 + (index % 26))
}
