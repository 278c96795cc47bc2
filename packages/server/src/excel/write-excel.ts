import { AppError } from '@almanac/core/errors.ts'
import type { ExcelColumn } from './excel-cell.ts'
import { createSharedTexts } from './shared-texts.ts'
import { STYLES_XML, sheetXml } from './sheet-xml.ts'
import { FORMATS, XML_HEAD } from './xml-part.ts'
import { zipFile } from './zip-file.ts'

const MOST_COLUMNS = 16_384
const MOST_ROWS = 1_048_576

/**
 * An Excel file of one sheet, whose first row names the columns and stays in sight. Rows come in pieces, and the file goes out in
 * pieces; what is held are the texts, each once. ExcelJS takes several times as long to write it, during which nothing else runs.
 */
export async function* writeExcel(
  columns: readonly ExcelColumn[],
  pieces: AsyncIterable<readonly (readonly unknown[])[]>,
): AsyncGenerator<Uint8Array> {
  if (columns.length > MOST_COLUMNS) throw tooMany('columns', MOST_COLUMNS)
  const texts = createSharedTexts()
  yield* zipFile([
    { name: '[Content_Types].xml', content: [CONTENT_TYPES] },
    { name: '_rels/.rels', content: [relations(PARTS)] },
    { name: 'xl/workbook.xml', content: [WORKBOOK] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: [relations(BOOK_PARTS)],
    },
    { name: 'xl/styles.xml', content: [STYLES_XML] },
    { name: 'xl/worksheets/sheet1.xml', content: sheetXml(columns, limited(pieces), texts) },
    { name: 'xl/sharedStrings.xml', content: texts.xml() },
    // As in files of Excel: readers of streams may miss the last file of an archive.
    { name: 'docProps/app.xml', content: [PROPERTIES] },
  ])
}

async function* limited<T>(pieces: AsyncIterable<readonly T[]>): AsyncGenerator<readonly T[]> {
  let count = 1
  for await (const rows of pieces) {
    count += rows.length
    if (count > MOST_ROWS) throw tooMany('rows', MOST_ROWS - 1)
    yield rows
  }
}

function tooMany(what: string, most: number): AppError {
  return new AppError(
    'too_large',
    `The answer has more than ${most.toLocaleString('en')} ${what}, too many for Excel`,
    {
      hint: 'Ask for fewer columns or rows, or take it as CSV or Parquet.',
    },
  )
}

const RELATIONS = `${FORMATS}/officeDocument/2006/relationships`
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const CONTENT_TYPES = `${XML_HEAD}<Types xmlns="${FORMATS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${SHEET_TYPE}.sharedStrings+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`

const PROPERTIES = `${XML_HEAD}<Properties xmlns="${FORMATS}/officeDocument/2006/extended-properties"><Application>Almanac</Application></Properties>`

type Relations = readonly (readonly [type: string, target: string])[]
const PARTS: Relations = [
  ['officeDocument', 'xl/workbook.xml'],
  ['extended-properties', 'docProps/app.xml'],
]
const BOOK_PARTS: Relations = [
  ['worksheet', 'worksheets/sheet1.xml'],
  ['styles', 'styles.xml'],
  ['sharedStrings', 'sharedStrings.xml'],
]

const WORKBOOK = `${XML_HEAD}<workbook xmlns="${FORMATS}/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets><sheet name="Almanac" sheetId="1" r:id="rId1"/></sheets></workbook>`

function relations(targets: Relations): string {
  const list = targets.map(
    ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  )
  return `${XML_HEAD}<Relationships xmlns="${FORMATS}/package/2006/relationships">${list.join('')}</Relationships>`
}
