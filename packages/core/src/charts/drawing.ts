import type { EChartsOption } from 'echarts/types/dist/shared'
import type { Value } from '../query/query.ts'
import type { ChartTheme } from './theme.ts'

/**
 * What a spec and a frame become: plain data that the browser and the server draw alike. Names from outside reach a drawing
 * as text alone; nothing in it is HTML.
 */
export type Drawing =
  | ChartDrawing
  | NumberDrawing
  | TableDrawing
  | PivotDrawing
  | RankedDrawing
  | GridDrawing
  | TimelineDrawing
  | BulletDrawing
  | TextDrawing
  | ImageDrawing
  | EmbedDrawing
  | EmptyDrawing

/** For what the drawing is made. */
export interface Look {
  readonly theme: ChartTheme
  /** BCP 47. */
  readonly locale: string
  readonly widthPx: number
  readonly heightPx: number
  /** Keys of series that the reader has switched off by the legend. */
  readonly hidden: ReadonlySet<string>
  readonly isAnimated: boolean
  /** Marks along the time axis. */
  readonly annotations: readonly ChartAnnotation[]
}

export interface ChartAnnotation {
  /** RFC 3339. */
  readonly at: string
  /** Absent: a moment. */
  readonly until?: string
  readonly title: string
}

/** A place in the palette, from 1 on, or a tone. */
export type Ink = number | 'good' | 'warning' | 'bad' | 'muted'

/** What stands behind one mark: what the tooltip shows, the arrow keys walk through and a screen reader says. */
export interface Reading {
  readonly title: string
  /** Still running, not yet begun: why the value is not the last word. */
  readonly note?: string
  readonly lines: readonly ReadingLine[]
  /** What a click on it filters by. */
  readonly picks: readonly Pick[]
  /** Of a bucket of time: its start, so that charts of one board point at the same moment. */
  readonly time?: string
  /** The end of the bucket, not included. */
  readonly timeEnd?: string
}

export interface ReadingLine {
  readonly label: string
  /** Formatted, exactly. "–" where there is nothing. */
  readonly text: string
  readonly ink?: Ink
  /** The value of another time. */
  readonly isGhost?: boolean
  /** Against the value that it is compared with, with its sign; whether that is good. */
  readonly delta?: Delta
}

export interface Delta {
  readonly text: string
  readonly tone: 'good' | 'bad' | 'neutral'
  /** `up` and `down` are drawn as arrows: never by colour alone. */
  readonly direction: 'up' | 'down' | 'same'
  /** What it is compared with, such as "previous period". */
  readonly against: string
}

export interface Pick {
  readonly dimension: string
  readonly value: Value
}

export interface LegendItem {
  /** Of the series: what `Look.hidden` holds. */
  readonly key: string
  readonly label: string
  readonly ink: Ink
  /** How it is drawn: a series of another time is dashed. */
  readonly mark: 'line' | 'dashed' | 'box' | 'dot'
  /** Of another time: paler, as its values are. */
  readonly isGhost?: boolean
  readonly isHidden: boolean
}

/** Drawn by ECharts. */
export interface ChartDrawing {
  readonly as: 'chart'
  /**
   * Data and, for the labels of axes, functions from a number to text. No tooltip, no legend, no title: those are ours.
   * Every datum that has a reading carries `reading`, its place in `readings`.
   */
  readonly option: EChartsOption
  /** `axis`: the pointer's place along the axis picks the reading (reading i belongs to category i). `item`: the mark under it does. */
  readonly pointing: 'axis' | 'item'
  /** For `axis`: whether the categories lie along x or y. */
  readonly axis?: 'x' | 'y'
  /** For `axis`: where the plot lies inside the box, in CSS pixels. */
  readonly plot?: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
  readonly readings: readonly Reading[]
  readonly legend: readonly LegendItem[]
  readonly legendPlace: 'top' | 'right' | 'none'
  /** One or two sentences for those who do not see it. */
  readonly summary: string
  /** A map that has to be registered with ECharts before. */
  readonly map?: 'world'
  /** For values in shades: what the palest and the strongest mean. */
  readonly shades?: { readonly from: string; readonly to: string; readonly colours: readonly string[] }
}

export interface NumberDrawing {
  readonly as: 'number'
  readonly label: string
  /** Rounded for a glance, and exactly. */
  readonly text: string
  readonly exact: string
  readonly deltas: readonly Delta[]
  /** Along time; the part from `openIndex` on is still running. */
  readonly sparkline?: {
    readonly values: readonly (number | null)[]
    readonly openIndex?: number
    readonly ghost?: readonly (number | null)[]
  }
  readonly target?: {
    readonly text: string
    readonly label: string
    readonly share: number
    readonly tone: 'good' | 'warning' | 'bad'
  }
  readonly tone?: 'good' | 'warning' | 'bad'
  readonly summary: string
}

export interface TableColumn {
  readonly key: string
  readonly label: string
  readonly align: 'left' | 'right'
  /** What the header sorts by. */
  readonly sort: 'text' | 'number' | 'time'
}

export interface TableCell {
  readonly text: string
  /** For sorting and for the CSV file. */
  readonly value: Value
  /** A bar behind it, 0 to 1. */
  readonly bar?: number
  /** A background colour and the colour of the text on it. */
  readonly heat?: { readonly background: string; readonly ink: string }
  readonly delta?: Delta
  readonly picks?: readonly Pick[]
}

/** Rows are made when they are shown: there can be 200,000 of them. */
export interface TableDrawing {
  readonly as: 'table'
  readonly columns: readonly TableColumn[]
  readonly count: number
  readonly row: (index: number) => readonly TableCell[]
  /** What `row(index)[column].value` is, without the rest: all rows are sorted by it. */
  readonly value: (index: number, column: number) => Value
  readonly totals?: readonly TableCell[]
  readonly summary: string
}

export interface PivotDrawing {
  readonly as: 'pivot'
  /** One line of headers for each dimension across, and one for the measures; `span` columns wide. */
  readonly headers: readonly (readonly { readonly text: string; readonly span: number; readonly isTotal: boolean }[])[]
  /** How many columns on the left name the row. */
  readonly rowDimensions: readonly string[]
  /** Which of them is the time, if one is. */
  readonly rowTime?: number
  readonly rows: readonly {
    readonly names: readonly string[]
    readonly depth: number
    readonly isTotal: boolean
    readonly cells: readonly TableCell[]
  }[]
  readonly summary: string
}

export interface RankedDrawing {
  readonly as: 'ranked'
  readonly rows: readonly {
    readonly label: string
    readonly text: string
    readonly exact: string
    readonly bar: number
    readonly share?: string
    readonly delta?: Delta
    readonly picks: readonly Pick[]
    readonly isRest: boolean
  }[]
  readonly valueLabel: string
  readonly summary: string
}

/** A table whose cells are shaded: cohorts. */
export interface GridDrawing {
  readonly as: 'grid'
  readonly corner: string
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly label: string
    readonly size: string
    readonly cells: readonly {
      readonly text: string
      readonly background: string
      readonly ink: string
      readonly reading: Reading
      readonly isOpen: boolean
    }[]
  }[]
  readonly summary: string
}

export interface TimelineDrawing {
  readonly as: 'timeline'
  readonly ticks: readonly { readonly share: number; readonly text: string }[]
  readonly lanes: readonly {
    readonly label: string
    /** From 0 to 1 along the range. */
    readonly spans: readonly {
      readonly from: number
      readonly to: number
      readonly tone: 'good' | 'warning' | 'bad' | 'muted'
      readonly text: string
      readonly reading: Reading
    }[]
  }[]
  readonly legend: readonly { readonly tone: 'good' | 'warning' | 'bad' | 'muted'; readonly label: string }[]
  /** Nobody has said which values are good, and they are not those of checks. */
  readonly isUnjudged?: true
  readonly summary: string
}

export interface BulletDrawing {
  readonly as: 'bullet'
  readonly rows: readonly {
    readonly label: string
    readonly text: string
    /** Shares of the scale, 0 to 1. */
    readonly bar: number
    readonly target?: { readonly at: number; readonly text: string; readonly label: string }
    readonly bands: readonly { readonly from: number; readonly to: number; readonly tone: 'good' | 'warning' | 'bad' }[]
    readonly tone?: 'good' | 'warning' | 'bad'
    readonly progress?: string
  }[]
  readonly summary: string
}

export interface TextDrawing {
  readonly as: 'text'
  readonly markdown: string
}

export interface ImageDrawing {
  readonly as: 'image'
  readonly address: string
  readonly alternative: string
  readonly fit: 'contain' | 'cover'
}

export interface EmbedDrawing {
  readonly as: 'embed'
  readonly address: string
}

/** Why there is nothing to see. */
export interface EmptyDrawing {
  readonly as: 'empty'
  /** `nothing`: no rows. `only_nulls`: rows without a figure. `unfit`: the frame lacks what the kind needs, and `text` says what. */
  readonly reason: 'nothing' | 'only_nulls' | 'unfit'
  readonly text: string
}
