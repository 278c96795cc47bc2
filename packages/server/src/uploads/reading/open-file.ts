import { AppError } from '@almanac/core/errors.ts'
import { openCsv } from './csv-table.ts'
import { openExcel } from './excel-table.ts'
import type { FileTable, ReadChoices } from './file-rows.ts'
import { openJson } from './json-table.ts'
import { openParquet } from './parquet-table.ts'
import { encodingOf, readHead } from './text-file.ts'

/** A file as a table, by what is in it; its name only decides where that says nothing. */
export async function openFile(path: string, name: string, choices: ReadChoices = {}): Promise<FileTable> {
  const head = await readHead(path)
  switch (kindOf(head, name)) {
    case 'excel':
      return openExcel(path, choices)
    case 'parquet':
      return openParquet(path)
    case 'json':
      return openJson(path)
    case 'csv':
      return openCsv(path, choices)
  }
}

export function kindOf(head: Buffer, name: string): 'excel' | 'parquet' | 'json' | 'csv' {
  if (head.length === 0) throw new AppError('invalid_request', `The file ${name} is empty`)
  if (startsWith(head, 'PAR1')) return 'parquet'
  if (startsWith(head, 'PK\u0003\u0004')) return zipKind(head, name)
  const other = OTHERS.find(({ signs }) => signs.some((sign) => startsWith(head, sign)))
  if (other) throw notReadable(name, other.what, other.hint)
  const encoding = encodingOf(head)
  const text = new TextDecoder(encoding).decode(head.subarray(0, 4096))
  if (text.includes('\0')) throw notReadable(name, 'of a kind that is not known here', HINT)
  const start = text.replace(/^\ufeff/, '').trimStart()
  if (/^(\{\s*("|\}|$)|\[\s*([[{"\]]|-?\d|$))/.test(start)) return 'json'
  if (/^\s*<(!doctype|html|\?xml)/i.test(start)) {
    throw notReadable(
      name,
      'a page of the web or XML',
      'Is the address one of the file itself, and is no log-in needed?',
    )
  }
  return 'csv'
}

function zipKind(head: Buffer, name: string): 'excel' {
  const text = head.toString('latin1')
  if (text.includes('application/vnd.oasis.opendocument'))
    throw notReadable(name, 'an OpenDocument sheet', 'Save it as .xlsx or as CSV.')
  if (/\.xlsx?m?$/i.test(name) || /xl\/|\[Content_Types\]\.xml|_rels\//.test(text)) return 'excel'
  throw notReadable(name, 'a ZIP archive', 'Unpack it first and upload what is in it.')
}

const HINT = 'CSV, JSON, Excel (.xlsx) and Parquet can be read, also packed with gzip.'
const OTHERS = [
  { signs: ['\u00d0\u00cf\u0011\u00e0'], what: 'an Excel file of before 2007', hint: 'Save it as .xlsx or as CSV.' },
  { signs: ['%PDF'], what: 'a PDF', hint: HINT },
  { signs: ['\u0089PNG', '\u00ff\u00d8\u00ff', 'GIF8'], what: 'a picture', hint: HINT },
  { signs: ['ARROW1', 'FEA1'], what: 'an Arrow file', hint: 'Save it as Parquet or as CSV.' },
  { signs: ['Obj\u0001'], what: 'an Avro file', hint: 'Save it as Parquet or as CSV.' },
  { signs: ['SQLite format 3'], what: 'an SQLite database', hint: 'Save the table as CSV.' },
]

const startsWith = (head: Buffer, sign: string) => head.subarray(0, sign.length).equals(Buffer.from(sign, 'latin1'))

function notReadable(name: string, what: string, hint: string): AppError {
  return new AppError('invalid_request', `The file ${name} is ${what}, which cannot be read`, { hint })
}
