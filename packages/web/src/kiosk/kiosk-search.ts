import { isNightHours } from './screen/night.ts'

/** What a wall screen shows, as it stands in the address: `/kiosk?boards=overview,revenue&seconds=30&theme=light&night=20-7`. */
export interface KioskSearch {
  /** Addresses of boards with commas between them; in the order in which they come. */
  readonly boards?: string
  readonly seconds?: number
  /** By day. Without it, as this browser is set. */
  readonly theme?: KioskTheme
  /** Hours between which it is dark: `20-7`. */
  readonly night?: string
}

export const KIOSK_THEMES = ['light', 'dark', 'contrast'] as const
export type KioskTheme = (typeof KIOSK_THEMES)[number]

export const USUAL_SECONDS = 30
/** Time to look, and for the next page to be fetched. */
const LEAST_SECONDS = 5
const MOST_SECONDS = 3600
const MOST_BOARDS = 30

export function parseKioskSearch(raw: Readonly<Record<string, unknown>>): KioskSearch {
  const seconds = Math.round(Number(raw.seconds))
  const theme = KIOSK_THEMES.find((one) => one === raw.theme)
  return {
    ...(typeof raw.boards === 'string' && raw.boards !== '' && { boards: raw.boards }),
    ...(seconds > 0 && { seconds: Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, seconds)) }),
    ...(theme && { theme }),
    ...(typeof raw.night === 'string' && isNightHours(raw.night) && { night: raw.night }),
  }
}

export function listed(text: string | undefined): string[] {
  const names = (text ?? '').split(',').map((name) => name.trim())
  return [...new Set(names.filter(Boolean))].slice(0, MOST_BOARDS)
}

/** The address of a screen; what is usual is left out of it. */
export function kioskPath(boards: readonly string[], { seconds, theme, night }: Omit<KioskSearch, 'boards'>): string {
  const params = [
    `boards=${boards.map(encodeURIComponent).join(',')}`,
    ...(seconds !== undefined && seconds !== USUAL_SECONDS ? [`seconds=${seconds}`] : []),
    ...(theme ? [`theme=${theme}`] : []),
    ...(night ? [`night=${night}`] : []),
  ]
  return `/kiosk?${params.join('&')}`
}
