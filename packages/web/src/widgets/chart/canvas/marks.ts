import type { Point } from '../pointing/tooltip-place.ts'
import type { EChartsType } from './echarts.ts'
import type { PaintedChart } from './use-painted-chart.ts'

/** Where the mark of a reading is among the chart's data. */
export interface MarkAt {
  readonly seriesIndex: number
  readonly dataIndex: number
  /** Of a sankey: `node` or `edge`. */
  readonly dataType?: string
}

/** The marks by their reading, which the drawing has put into the data; the first, where several share one. */
export function marksOf(chart: EChartsType): ReadonlyMap<number, MarkAt> {
  const marks = new Map<number, MarkAt>()
  for (const series of modelOf(chart).getSeries()) {
    for (const { data, type } of series.getAllData()) {
      for (let dataIndex = 0; dataIndex < data.count(); dataIndex++) {
        const reading = readingOf(data.getRawDataItem(data.getRawIndex(dataIndex)))
        if (reading === undefined || marks.has(reading)) continue
        marks.set(reading, { seriesIndex: series.seriesIndex, dataIndex, ...(type && { dataType: type }) })
      }
    }
  }
  return marks
}

/** The middle of a mark, inside the chart. */
export function markCentre(chart: EChartsType, mark: MarkAt): Point | undefined {
  const series = modelOf(chart)
    .getSeries()
    .find(({ seriesIndex }) => seriesIndex === mark.seriesIndex)
  const data = series?.getAllData().find(({ type }) => type === mark.dataType)?.data ?? series?.getAllData()[0]?.data
  const element = data?.getItemGraphicEl(mark.dataIndex)
  if (!element) return undefined
  const rect = element.getBoundingRect().clone()
  rect.applyTransform(element.getComputedTransform())
  return { xPx: rect.x + rect.width / 2, yPx: rect.y + rect.height / 2 }
}

/** A dot on a line, where the reader points. */
export interface LineDot extends Point {
  readonly key: number
  readonly colour: string
}

/** Where the lines of a chart pass a place along its axis; bars have none. */
export function lineDots({ chart, drawing }: PaintedChart, index: number): LineDot[] {
  return modelOf(chart)
    .getSeries()
    .flatMap((series) => {
      const data = series.getAllData()[0]?.data
      const points = series.subType === 'line' ? data?.getLayout('points') : undefined
      // Of a line that is too dense to draw each point there are others than those of the readings.
      if (!points || !data || data.count() !== drawing.readings.length) return []
      const [xPx, yPx] = [points[index * 2], points[index * 2 + 1]]
      if (xPx === undefined || yPx === undefined || Number.isNaN(xPx) || Number.isNaN(yPx)) return []
      return [
        {
          key: series.seriesIndex,
          xPx,
          yPx,
          colour: String(series.get(['lineStyle', 'color']) ?? series.get('color')),
        },
      ]
    })
}

export function readingOf(datum: unknown): number | undefined {
  const reading = typeof datum === 'object' && datum !== null && 'reading' in datum ? datum.reading : undefined
  return typeof reading === 'number' ? reading : undefined
}

/** What we use of the model behind a chart. The library's types keep it private, and offer no other way to a mark's place. */
interface Model {
  getSeries(): {
    readonly seriesIndex: number
    readonly subType: string
    get(path: string | readonly string[]): unknown
    getAllData(): { readonly data: Data; readonly type?: string }[]
  }[]
}
interface Data {
  count(): number
  getRawIndex(dataIndex: number): number
  getRawDataItem(rawIndex: number): unknown
  getItemGraphicEl(dataIndex: number): Graphic | undefined
  /** Of lines: x and y of each point, one after the other. */
  getLayout(name: 'points'): ArrayLike<number> | undefined
}
interface Graphic {
  getBoundingRect(): Rect
  getComputedTransform(): unknown
}
interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  clone(): Rect
  applyTransform(transform: unknown): void
}

function modelOf(chart: EChartsType): Model {
  return (chart as unknown as { getModel(): Model }).getModel()
}
