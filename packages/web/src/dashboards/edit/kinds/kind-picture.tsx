import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import type { ReactElement } from 'react'

/** A small picture of a kind of chart: strokes and areas of one colour in four strengths. */
export function KindPicture({ kind }: { kind: ChartKind }): ReactElement {
  return (
    <svg viewBox="0 0 48 32" aria-hidden="true" className="h-auto w-full max-w-16 text-accent">
      {PICTURES[kind].map(([shape, tone, ...numbers], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the strokes of a picture never change.
        <Mark key={index} shape={shape} opacity={STRENGTHS[tone]} numbers={numbers} />
      ))}
    </svg>
  )
}

/** 0 is for axes and empty places. */
const STRENGTHS = [0.16, 1, 0.55, 0.3] as const
type Tone = 0 | 1 | 2 | 3

/**
 * `box`: x, y, width, height. `dot`: x, y, radius. `line` and `area`: points, one after the other. `arc`: middle x, y, inner
 * and outer radius, from and to in shares of a turn, clockwise from the top.
 */
type Stroke = readonly [shape: 'box' | 'dot' | 'line' | 'area' | 'arc', tone: Tone, ...numbers: number[]]

interface MarkProps {
  readonly shape: Stroke[0]
  readonly opacity: number
  readonly numbers: readonly number[]
}

function Mark({ shape, opacity, numbers }: MarkProps): ReactElement {
  const [a = 0, b = 0, c = 0, d = 0] = numbers
  switch (shape) {
    case 'box':
      return <rect x={a} y={b} width={c} height={d} rx={1} fill="currentColor" opacity={opacity} />
    case 'dot':
      return <circle cx={a} cy={b} r={c} fill="currentColor" opacity={opacity} />
    case 'area':
      return <polygon points={numbers.join(' ')} fill="currentColor" opacity={opacity} />
    case 'arc':
      return <path d={arcPath(numbers)} fill="currentColor" opacity={opacity} />
    default:
      return (
        <polyline
          points={numbers.join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.75}
          strokeLinecap="round"
          strokeLinejoin="round"
          opacity={opacity}
        />
      )
  }
}

function arcPath([x = 0, y = 0, inner = 0, outer = 0, from = 0, to = 0]: readonly number[]): string {
  const at = (radius: number, turn: number) => {
    const angle = (turn - 0.25) * 2 * Math.PI
    return `${(x + radius * Math.cos(angle)).toFixed(2)} ${(y + radius * Math.sin(angle)).toFixed(2)}`
  }
  const large = to - from > 0.5 ? 1 : 0
  const back = inner === 0 ? `L${x} ${y}` : `L${at(inner, to)}A${inner} ${inner} 0 ${large} 0 ${at(inner, from)}`
  return `M${at(outer, from)}A${outer} ${outer} 0 ${large} 1 ${at(outer, to)}${back}Z`
}

const bars = (...heights: number[]): Stroke[] =>
  heights.map((height, i) => ['box', i === 3 ? 1 : 2, 6 + i * 7.6, 28 - height, 5, height])
const floor: Stroke = ['line', 0, 4, 29, 44, 29]
const wide = (widths: readonly number[], tone: Tone = 2): Stroke[] =>
  widths.map((width, i) => ['box', i === 0 ? 1 : tone, 6, 5 + i * 6, width, 4])
const squares = (columns: number, rows: number, size: number, gap: number, tones: readonly Tone[]): Stroke[] =>
  Array.from({ length: columns * rows }, (_, i) => [
    'box',
    tones[i % tones.length] ?? 0,
    24 - (columns * (size + gap) - gap) / 2 + (i % columns) * (size + gap),
    16 - (rows * (size + gap) - gap) / 2 + Math.floor(i / columns) * (size + gap),
    size,
    size,
  ])
const WAVE = [5, 22, 13, 17, 21, 20, 29, 10, 36, 13, 43, 6]
const LOW = [5, 26, 13, 24, 21, 25, 29, 19, 36, 21, 43, 16]
const LAND: Stroke[] = [
  ['area', 3, 6, 9, 15, 7, 18, 10, 14, 13, 15, 17, 12, 15, 8, 13],
  ['area', 2, 14, 18, 18, 19, 17, 25, 15, 28, 13, 22],
  ['area', 1, 23, 8, 28, 6, 29, 10, 25, 12, 22, 11],
  ['area', 3, 23, 14, 29, 14, 30, 19, 27, 25, 24, 20],
  ['area', 2, 30, 7, 41, 6, 43, 11, 38, 16, 33, 14],
  ['area', 3, 37, 21, 42, 20, 42, 25, 38, 25],
]

const PICTURES: Readonly<Record<ChartKind, readonly Stroke[]>> = {
  line: [floor, ['line', 3, ...LOW], ['line', 1, ...WAVE]],
  area: [floor, ['area', 3, 5, 29, ...WAVE, 43, 29], ['line', 1, ...WAVE]],
  stacked_area: [
    floor,
    ['area', 3, 5, 29, ...WAVE, 43, 29],
    ['area', 2, 5, 29, 5, 26, 13, 23, 21, 25, 29, 18, 36, 20, 43, 15, 43, 29],
  ],
  share_area: [
    ['box', 0, 5, 4, 38, 25],
    ['area', 3, 5, 29, 5, 13, 16, 10, 27, 14, 36, 9, 43, 11, 43, 29],
    ['area', 2, 5, 29, 5, 22, 16, 21, 27, 24, 36, 18, 43, 20, 43, 29],
  ],
  bar: [floor, ...bars(10, 16, 12, 22, 18)],
  horizontal_bar: wide([36, 28, 20, 12]),
  stacked_bar: [
    floor,
    ...[12, 9, 15, 11].flatMap((height, i): Stroke[] => [
      ['box', 1, 7 + i * 9.5, 28 - height, 6, height],
      ['box', 3, 7 + i * 9.5, 28 - height - 8 + i, 6, 7 - i],
    ]),
  ],
  combo: [
    floor,
    ...[10, 15, 12, 17, 14].map((height, i): Stroke => ['box', 3, 6 + i * 7.6, 28 - height, 5, height]),
    ['line', 1, 8, 16, 16, 11, 24, 13, 31, 6, 39, 8],
  ],
  number: [
    ['box', 1, 6, 8, 4, 10],
    ['box', 1, 12, 8, 7, 10],
    ['box', 1, 21, 8, 7, 10],
    ['box', 3, 33, 13, 9, 4],
    ['line', 2, 6, 27, 13, 25, 20, 26, 27, 23, 34, 24, 42, 21],
  ],
  gauge: [
    ['arc', 0, 24, 25, 13, 19, -0.25, 0.25],
    ['arc', 1, 24, 25, 13, 19, -0.25, 0.12],
  ],
  bullet: [
    ['box', 0, 5, 6, 38, 7],
    ['box', 1, 5, 8, 26, 3],
    ['box', 2, 35, 5, 2, 9],
    ['box', 0, 5, 19, 38, 7],
    ['box', 1, 5, 21, 17, 3],
    ['box', 2, 28, 18, 2, 9],
  ],
  table: [
    ['box', 2, 5, 5, 38, 4],
    ...[0, 1, 2].flatMap((row): Stroke[] => [
      ['box', 3, 5, 12 + row * 6, 14, 3],
      ['box', 0, 22, 12 + row * 6, 9, 3],
      ['box', 0, 34, 12 + row * 6, 9, 3],
    ]),
  ],
  pivot: [
    ...[17, 26.5, 36].map((x): Stroke => ['box', 2, x, 5, 7, 4]),
    ...[12, 18, 24].flatMap((y): Stroke[] => [
      ['box', 2, 5, y, 9, 3],
      ['box', 0, 17, y, 7, 3],
      ['box', 0, 26.5, y, 7, 3],
      ['box', 3, 36, y, 7, 3],
    ]),
  ],
  ranked_list: [
    ...[34, 26, 19, 11].flatMap((width, i): Stroke[] => [
      ['box', i === 0 ? 2 : 3, 5, 4 + i * 6.5, width, 4.5],
      ['box', 0, 40, 5 + i * 6.5, 4, 2.5],
    ]),
  ],
  cohort_grid: [
    ...[5, 4, 3, 2].flatMap((count, row) =>
      Array.from(
        { length: count },
        (_, i): Stroke => ['box', ([1, 2, 3, 3, 0] as const)[i] ?? 0, 6 + i * 7.4, 4 + row * 6.4, 6.4, 5.4],
      ),
    ),
  ],
  pie: [
    ['arc', 1, 24, 16, 0, 12, 0, 0.42],
    ['arc', 2, 24, 16, 0, 12, 0.43, 0.72],
    ['arc', 3, 24, 16, 0, 12, 0.73, 0.99],
  ],
  donut: [
    ['arc', 1, 24, 16, 7, 12.5, 0, 0.42],
    ['arc', 2, 24, 16, 7, 12.5, 0.44, 0.72],
    ['arc', 3, 24, 16, 7, 12.5, 0.74, 0.98],
  ],
  treemap: [
    ['box', 1, 5, 4, 19, 24],
    ['box', 2, 25, 4, 18, 13],
    ['box', 3, 25, 18, 10, 10],
    ['box', 0, 36, 18, 7, 10],
  ],
  sunburst: [
    ['arc', 1, 24, 16, 3, 8, 0, 0.5],
    ['arc', 2, 24, 16, 3, 8, 0.52, 0.98],
    ['arc', 2, 24, 16, 9, 13.5, 0, 0.24],
    ['arc', 3, 24, 16, 9, 13.5, 0.26, 0.48],
    ['arc', 3, 24, 16, 9, 13.5, 0.54, 0.8],
  ],
  funnel: [
    ['area', 1, 5, 4, 43, 4, 38, 11, 10, 11],
    ['area', 2, 11, 13, 37, 13, 32, 20, 16, 20],
    ['area', 3, 17, 22, 31, 22, 28, 28, 20, 28],
  ],
  waterfall: [
    floor,
    ['box', 1, 6, 16, 6, 12],
    ['box', 2, 14, 10, 6, 6],
    ['box', 2, 22, 5, 6, 5],
    ['box', 3, 30, 5, 6, 7],
    ['box', 1, 38, 12, 6, 16],
  ],
  scatter: [
    floor,
    ...(
      [
        [10, 23],
        [15, 20],
        [18, 24],
        [21, 15],
        [26, 18],
        [29, 11],
        [34, 13],
        [38, 7],
        [31, 20],
      ] as const
    ).map(([x, y], i): Stroke => ['dot', i % 3 === 0 ? 2 : 1, x, y, 1.8]),
  ],
  bubble: [floor, ['dot', 3, 13, 20, 4.5], ['dot', 2, 24, 13, 6.5], ['dot', 1, 36, 9, 4], ['dot', 3, 34, 21, 3]],
  histogram: [
    floor,
    ...[4, 9, 16, 22, 18, 11, 6, 3].map(
      (height, i): Stroke => ['box', i === 3 ? 1 : 2, 5 + i * 4.8, 28 - height, 4.4, height],
    ),
  ],
  box_plot: [
    ...(
      [
        [10, 8, 14, 11, 24],
        [24, 5, 10, 12, 21],
        [38, 12, 16, 7, 27],
      ] as const
    ).flatMap(([x, top, y, height, bottom]): Stroke[] => [
      ['line', 2, x, top, x, bottom],
      ['box', 1, x - 4, y, 8, height],
    ]),
  ],
  heat_map: squares(7, 4, 5, 1, [3, 2, 1, 2, 0, 3, 2, 0, 3, 1, 1]),
  calendar_heat_map: squares(9, 5, 3.6, 0.9, [0, 3, 2, 1, 3, 0, 2]),
  hour_weekday: squares(10, 5, 3.4, 0.8, [0, 0, 3, 2, 1, 1, 2, 2, 3, 0]),
  radar: [
    ['area', 0, 24, 3, 37, 12, 32, 28, 16, 28, 11, 12],
    ['area', 2, 24, 8, 33, 13, 29, 24, 19, 22, 15, 13],
  ],
  sankey: [
    ['area', 3, 8, 5, 20, 5, 28, 9, 40, 9, 40, 17, 28, 17, 20, 14, 8, 14],
    ['area', 2, 8, 17, 20, 17, 28, 21, 40, 21, 40, 27, 28, 27, 20, 26, 8, 26],
    ['box', 1, 5, 5, 3, 21],
    ['box', 1, 40, 9, 3, 8],
    ['box', 1, 40, 21, 3, 6],
  ],
  status_timeline: [
    ...[5, 14, 23].flatMap((y, i): Stroke[] => [
      ['box', 2, 5, y, 16 + i * 4, 5],
      ['box', 1, 22 + i * 4, y, 5, 5],
      ['box', 3, 28 + i * 4, y, 15 - i * 4, 5],
    ]),
  ],
  world_map: LAND,
  points_map: [
    ...LAND.map(([shape, , ...numbers]): Stroke => [shape, 0, ...numbers]),
    ['dot', 1, 12, 11, 2.6],
    ['dot', 2, 26, 17, 3.6],
    ['dot', 1, 37, 11, 2],
  ],
  text: [
    ['box', 1, 8, 6, 18, 4],
    ['box', 3, 8, 14, 32, 2.5],
    ['box', 3, 8, 19, 29, 2.5],
    ['box', 3, 8, 24, 20, 2.5],
  ],
  image: [
    ['box', 0, 8, 4, 32, 24],
    ['dot', 2, 16, 11, 3],
    ['area', 1, 10, 26, 20, 15, 26, 21, 31, 16, 38, 26],
  ],
  embed: [
    ['box', 0, 7, 4, 34, 24],
    ['box', 2, 7, 4, 34, 5],
    ['line', 1, 20, 14, 16, 18.5, 20, 23],
    ['line', 1, 28, 14, 32, 18.5, 28, 23],
  ],
}
