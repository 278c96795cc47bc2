/** The colours of charts. The browser's tokens (`packages/web/src/ui/tokens.css`) are the same; a test compares them. */
export interface ChartTheme {
  readonly name: 'light' | 'dark' | 'contrast'
  /** Series one after the other: told apart by people who do not see all colours, three to one against the surface. */
  readonly series: readonly string[]
  /** From little to much. */
  readonly shades: readonly string[]
  readonly ink: string
  readonly muted: string
  readonly faint: string
  readonly line: string
  /** Lines and areas that only lead the eye: never darker than what they lie under. */
  readonly grid: string
  readonly surface: string
  readonly sunken: string
  readonly good: string
  readonly warning: string
  readonly bad: string
  readonly font: string
}

const FONT = 'Inter Variable, Inter, system-ui, sans-serif'

export const LIGHT: ChartTheme = {
  name: 'light',
  series: [
    '#2f55d4',
    '#d0680b',
    '#0d8577',
    '#b0317f',
    '#8a6d00',
    '#7650cf',
    '#3a8440',
    '#c33d35',
    '#2381b4',
    '#6b6660',
  ],
  shades: ['#eef2fd', '#d3defa', '#aec2f4', '#84a1ec', '#5a7ee2', '#2f55d4', '#20409f', '#152c70'],
  ink: '#1c1b19',
  muted: '#5c5954',
  faint: '#6c6863',
  line: '#e6e4de',
  grid: '#e6e4de',
  surface: '#ffffff',
  sunken: '#f0efeb',
  good: '#17693f',
  warning: '#7d5300',
  bad: '#b0271f',
  font: FONT,
}

export const DARK: ChartTheme = {
  name: 'dark',
  series: [
    '#8ba6ff',
    '#f0a35a',
    '#4fc7b6',
    '#ec8cc4',
    '#d6b64a',
    '#b69bf5',
    '#7fcb86',
    '#ff9086',
    '#6cc0ea',
    '#a8a59e',
  ],
  shades: ['#1d2236', '#242f56', '#2d3f7a', '#3a529f', '#4f6bc6', '#6f8ae6', '#9bb1ff', '#cbd7ff'],
  ink: '#eeede9',
  muted: '#a8a59e',
  faint: '#928f88',
  line: '#2c2b28',
  grid: '#2c2b28',
  surface: '#191917',
  sunken: '#141413',
  good: '#63c892',
  warning: '#e5b94e',
  bad: '#ff9086',
  font: FONT,
}

/** Black on white, darker series. */
export const CONTRAST: ChartTheme = {
  ...LIGHT,
  name: 'contrast',
  series: [
    '#1233a3',
    '#8f4300',
    '#00594f',
    '#7d1257',
    '#5c4800',
    '#4d2aa1',
    '#1c5722',
    '#8c1610',
    '#0b5680',
    '#3d3a36',
  ],
  ink: '#000000',
  muted: '#2b2a28',
  faint: '#3d3b38',
  line: '#8c8881',
  grid: '#dad7d0',
  good: '#0b4a29',
  warning: '#583a00',
  bad: '#861008',
}
