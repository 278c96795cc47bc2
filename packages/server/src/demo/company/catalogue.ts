/** What the company shows: made-up titles, the most watched first. The weight falls with the place in the list. */
export interface Title {
  readonly slug: string
  readonly name: string
  readonly kind: 'series' | 'film' | 'documentary' | 'kids' | 'live'
  readonly genre: string
  /** Length of the film or of one episode. */
  readonly minutes: number
  readonly episodes: number
  readonly weight: number
}

/** The title whose release is the event of the quarter: nobody can watch it before `calendar.ts` says so. */
export const HIT: Title = title(['The Salt Line', 'series', 'thriller', 52, 8], 0)

export const GENRES = ['drama', 'thriller', 'comedy', 'documentary', 'kids', 'science-fiction', 'romance', 'sport']

export const TITLES: readonly Title[] = (
  [
    ['Northbound Ferry', 'series', 'drama', 48, 10],
    ['Harbour Seven', 'series', 'thriller', 44, 12],
    ['Two Flats Down', 'series', 'comedy', 24, 20],
    ['The Cartographer', 'film', 'drama', 118, 1],
    ['Glass Orchard', 'series', 'science-fiction', 50, 8],
    ['Pip and the Paper Moon', 'kids', 'kids', 11, 40],
    ['Late Train to Ostrava', 'film', 'thriller', 104, 1],
    ['Saturday Kick-Off', 'live', 'sport', 95, 30],
    ['Under Slow Water', 'documentary', 'documentary', 58, 6],
    ['Marigold Street', 'series', 'romance', 42, 16],
    ['Static', 'series', 'science-fiction', 46, 10],
    ['The Third Understudy', 'film', 'comedy', 97, 1],
    ['Granite', 'series', 'drama', 55, 6],
    ['Tiny Lighthouse', 'kids', 'kids', 14, 26],
    ['What the Glacier Kept', 'documentary', 'documentary', 71, 3],
    ['Borrowed Suits', 'series', 'comedy', 26, 18],
    ['Velodrome Nights', 'live', 'sport', 110, 12],
    ['An Almanac of Rain', 'film', 'romance', 109, 1],
    ['Quiet Frequency', 'film', 'science-fiction', 123, 1],
    ['Cold Store', 'series', 'thriller', 47, 8],
    ['The Bakers of Rua Nova', 'series', 'drama', 41, 13],
    ['Hedgehog Express', 'kids', 'kids', 9, 52],
    ['Half a Kingdom', 'film', 'drama', 131, 1],
    ['Second Breakfast Club', 'series', 'comedy', 22, 24],
    ['Bees at Work', 'documentary', 'documentary', 49, 4],
    ['Ninety Degrees South', 'documentary', 'documentary', 88, 1],
    ['The Weekday Detective', 'series', 'thriller', 43, 14],
    ['Letters to Odesa', 'film', 'romance', 101, 1],
    ['Ringside', 'live', 'sport', 140, 8],
    ['Kepler Tenants', 'series', 'science-fiction', 38, 10],
    ['Miso and Margarine', 'series', 'comedy', 28, 12],
    ['Fjord', 'film', 'thriller', 112, 1],
    ['Apricot Summer', 'series', 'romance', 45, 9],
    ['Captain Button', 'kids', 'kids', 12, 30],
    ['The Long Table', 'documentary', 'documentary', 52, 8],
    ['Ashes of Vineyards', 'film', 'drama', 126, 1],
    ['Night Desk', 'series', 'drama', 49, 10],
    ['Signal Hill Rovers', 'live', 'sport', 95, 10],
    ['Orbit Street', 'film', 'science-fiction', 98, 1],
    ['The Understorey', 'documentary', 'documentary', 64, 3],
  ] as const
).map(title)

type Row = readonly [name: string, kind: Title['kind'], genre: string, minutes: number, episodes: number]

function title([name, kind, genre, minutes, episodes]: Row, place: number): Title {
  const slug = name.toLowerCase().replaceAll(' ', '-')
  return { slug, name, kind, genre, minutes, episodes, weight: 1 / (place + 3) ** 0.8 }
}
