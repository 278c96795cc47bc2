import { readXml } from './read-xml.ts'
import { createTextRuns } from './text-runs.ts'

/** The texts of a workbook, each once: cells name them by their numbers. */
export async function readSharedTexts(content: AsyncIterable<Buffer>): Promise<string[]> {
  const texts: string[] = []
  const runs = createTextRuns()
  await readXml(content, {
    open: runs.open,
    text: runs.add,
    close(name) {
      if (name === 'si') texts.push(runs.take())
      else runs.close(name)
    },
  })
  return texts
}
