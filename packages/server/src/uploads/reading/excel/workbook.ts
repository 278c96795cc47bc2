import { posix } from 'node:path'
import { localName, readXml } from './read-xml.ts'
import { unreadable } from './unreadable.ts'
import type { ZipArchive } from './zip-archive.ts'

/** Where the parts of a workbook lie in its archive. */
export interface Workbook {
  /** In the order in which Excel shows them. */
  readonly sheets: readonly { readonly name: string; readonly path: string; readonly isHidden: boolean }[]
  readonly textsPath: string | undefined
  readonly stylesPath: string | undefined
  /** Whether days are counted from 1904 on, as Excel for the Mac once did. */
  readonly startsIn1904: boolean
}

export async function readWorkbook(archive: ZipArchive): Promise<Workbook> {
  const main = (await relationsOf(archive, '')).find(({ type }) => type === 'officeDocument')
  const path = main?.path ?? 'xl/workbook.xml'
  const parts = await relationsOf(archive, path)
  const sheets: { name: string; path: string; isHidden: boolean }[] = []
  let startsIn1904 = false
  const content = archive.read(path)
  if (!content) throw unreadable(`there is no ${path} in it`)
  await readXml(content, {
    open(name, attributes) {
      // Extensions of the format have an element of this name, too.
      if (name === 'workbookPr') startsIn1904 ||= isTrue(attributes.date1904)
      if (name !== 'sheet') return
      const part = parts.find(({ id }) => id === relationId(attributes))
      // There are sheets of a chart alone.
      if (part?.type !== 'worksheet') return
      const isHidden = attributes.state === 'hidden' || attributes.state === 'veryHidden'
      sheets.push({ name: attributes.name ?? '', path: part.path, isHidden })
    },
  })
  const pathOf = (wanted: string) => parts.find(({ type }) => type === wanted)?.path
  return { sheets, textsPath: pathOf('sharedStrings'), stylesPath: pathOf('styles'), startsIn1904 }
}

interface Relation {
  readonly id: string
  /** The last word of it: what stands before differs from edition to edition. */
  readonly type: string
  readonly path: string
}

/** What a part of the archive refers to; the archive itself is the part without a name. */
async function relationsOf(archive: ZipArchive, path: string): Promise<Relation[]> {
  const folder = posix.dirname(path)
  const content = archive.read(posix.join(folder, '_rels', `${posix.basename(path)}.rels`))
  const relations: Relation[] = []
  if (!content) return relations
  await readXml(content, {
    open(name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (name !== 'Relationship' || mode === 'External') return
      // From the top of the archive on, or from the folder of the part.
      const place = target.startsWith('/') ? target.slice(1) : posix.join(folder, target)
      relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), path: place })
    },
  })
  return relations
}

function relationId(attributes: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(attributes).find(([name]) => name.includes(':') && localName(name) === 'id')?.[1]
}

const isTrue = (text: string | undefined) => text === '1' || text === 'true'
