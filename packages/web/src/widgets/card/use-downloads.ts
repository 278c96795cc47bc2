import type { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { type RefObject, useState } from 'react'

interface Downloads {
  readonly csv: () => void
  readonly png: () => void
  /** Why the last one could not be made. */
  readonly problem: string | undefined
}

/** The figures of a card as a file: all rows as CSV, or what is on the screen as a picture. */
export function useDownloads(
  title: string,
  spec: ChartSpec,
  frame: Frame | undefined,
  body: RefObject<HTMLElement | null>,
): Downloads {
  const [problem, setProblem] = useState<string>()
  const attempt = (work: () => Promise<void>) => {
    setProblem(undefined)
    work().catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)))
  }
  return {
    problem,
    csv: () =>
      attempt(async () => {
        if (!frame) return
        const [{ frameCsv }, { fileName, saveFile }] = await Promise.all([
          import('./frame-csv.ts'),
          import('./save-file.ts'),
        ])
        const file = new Blob([frameCsv(frame, spec.labels)], { type: 'text/csv;charset=utf-8' })
        saveFile(`${fileName(title, frame.asOf)}.csv`, file)
      }),
    png: () =>
      attempt(async () => {
        if (!frame || !body.current) return
        const [{ widgetPng }, { frameNote }, { fileName, saveFile }] = await Promise.all([
          import('./widget-png.ts'),
          import('./frame-note.ts'),
          import('./save-file.ts'),
        ])
        const file = await widgetPng(body.current, { title, note: frameNote(frame) })
        saveFile(`${fileName(title, frame.asOf)}.png`, file)
      }),
  }
}
