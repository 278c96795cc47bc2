/** How visitors come. `arrivalsPerDay` is for an average day at the start of the history, before growth. */
export interface Channel {
  readonly name: 'organic_search' | 'direct' | 'paid_search' | 'paid_social' | 'newsletter' | 'partner' | 'app_store'
  readonly arrivalsPerDay: number
  /** The share of its new visitors that ever makes an account. */
  readonly signUpRate: number
  readonly medium?: string
  readonly sources: readonly TrafficSource[]
}

export interface TrafficSource {
  /** As in `utm_source`. */
  readonly name: string
  readonly referrer?: string
  readonly weight: number
}

export const CHANNELS: readonly Channel[] = [
  {
    name: 'organic_search',
    arrivalsPerDay: 48,
    signUpRate: 0.09,
    sources: [
      { name: 'google', referrer: 'https://www.google.com/', weight: 80 },
      { name: 'bing', referrer: 'https://www.bing.com/', weight: 9 },
      { name: 'duckduckgo', referrer: 'https://duckduckgo.com/', weight: 6 },
      { name: 'ecosia', referrer: 'https://www.ecosia.org/', weight: 3 },
      { name: 'yahoo', referrer: 'https://search.yahoo.com/', weight: 2 },
    ],
  },
  { name: 'direct', arrivalsPerDay: 21, signUpRate: 0.13, sources: [{ name: 'direct', weight: 1 }] },
  {
    name: 'paid_search',
    arrivalsPerDay: 12,
    signUpRate: 0.12,
    medium: 'cpc',
    sources: [
      { name: 'google', referrer: 'https://www.google.com/', weight: 5 },
      { name: 'bing', referrer: 'https://www.bing.com/', weight: 1 },
    ],
  },
  {
    name: 'paid_social',
    arrivalsPerDay: 19,
    signUpRate: 0.06,
    medium: 'paid_social',
    sources: [
      { name: 'instagram', referrer: 'https://l.instagram.com/', weight: 5 },
      { name: 'facebook', referrer: 'https://l.facebook.com/', weight: 3 },
      { name: 'tiktok', referrer: 'https://www.tiktok.com/', weight: 3 },
      { name: 'youtube', referrer: 'https://www.youtube.com/', weight: 2 },
      { name: 'reddit', referrer: 'https://www.reddit.com/', weight: 1 },
    ],
  },
  {
    name: 'newsletter',
    arrivalsPerDay: 4,
    signUpRate: 0.18,
    medium: 'email',
    sources: [{ name: 'newsletter', weight: 1 }],
  },
  {
    name: 'partner',
    arrivalsPerDay: 11,
    signUpRate: 0.11,
    medium: 'affiliate',
    sources: [
      { name: 'evening-listings', referrer: 'https://www.evening-listings.example/tonight', weight: 4 },
      { name: 'filmkurier', referrer: 'https://filmkurier.example/streaming/neu', weight: 3 },
      { name: 'voltify-broadband', referrer: 'https://www.voltify-broadband.example/extras', weight: 3 },
      { name: 'cinescope', referrer: 'https://cinescope.example/reviews', weight: 2 },
    ],
  },
  {
    name: 'app_store',
    arrivalsPerDay: 17,
    signUpRate: 0.26,
    sources: [{ name: 'store', weight: 1 }],
  },
]
