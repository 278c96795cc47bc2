/** Where the visitors are. Weights are shares of the arrivals; a city brings the time zone that its evenings follow. */
export interface City {
  readonly name: string
  readonly region: string
  readonly timezone: string
  readonly weight: number
}

export interface Country {
  readonly code: string
  readonly currency: string
  /** The most common first. */
  readonly languages: readonly string[]
  readonly cities: readonly City[]
  readonly weight: number
}

export const COUNTRIES: readonly Country[] = [
  country(
    'US',
    23,
    'USD',
    ['en-US', 'es-US'],
    [
      ['New York', 'New York', 'America/New_York', 5],
      ['Boston', 'Massachusetts', 'America/New_York', 2],
      ['Chicago', 'Illinois', 'America/Chicago', 3],
      ['Austin', 'Texas', 'America/Chicago', 2],
      ['Denver', 'Colorado', 'America/Denver', 1],
      ['Los Angeles', 'California', 'America/Los_Angeles', 4],
    ],
  ),
  country(
    'DE',
    16,
    'EUR',
    ['de-DE', 'en-GB', 'tr-TR'],
    [
      ['Berlin', 'Berlin', 'Europe/Berlin', 4],
      ['Hamburg', 'Hamburg', 'Europe/Berlin', 2],
      ['Munich', 'Bavaria', 'Europe/Berlin', 2],
      ['Cologne', 'North Rhine-Westphalia', 'Europe/Berlin', 2],
    ],
  ),
  country(
    'GB',
    12,
    'GBP',
    ['en-GB'],
    [
      ['London', 'England', 'Europe/London', 5],
      ['Manchester', 'England', 'Europe/London', 2],
      ['Glasgow', 'Scotland', 'Europe/London', 1],
    ],
  ),
  country(
    'FR',
    8,
    'EUR',
    ['fr-FR'],
    [
      ['Paris', 'Île-de-France', 'Europe/Paris', 4],
      ['Lyon', 'Auvergne-Rhône-Alpes', 'Europe/Paris', 2],
    ],
  ),
  country(
    'BR',
    7,
    'BRL',
    ['pt-BR'],
    [
      ['São Paulo', 'São Paulo', 'America/Sao_Paulo', 4],
      ['Recife', 'Pernambuco', 'America/Recife', 1],
    ],
  ),
  country(
    'IN',
    6,
    'INR',
    ['en-IN', 'hi-IN'],
    [
      ['Bengaluru', 'Karnataka', 'Asia/Kolkata', 3],
      ['Mumbai', 'Maharashtra', 'Asia/Kolkata', 3],
    ],
  ),
  country(
    'CA',
    5,
    'CAD',
    ['en-CA', 'fr-CA'],
    [
      ['Toronto', 'Ontario', 'America/Toronto', 3],
      ['Vancouver', 'British Columbia', 'America/Vancouver', 2],
    ],
  ),
  country(
    'ES',
    5,
    'EUR',
    ['es-ES', 'ca-ES'],
    [
      ['Madrid', 'Madrid', 'Europe/Madrid', 3],
      ['Barcelona', 'Catalonia', 'Europe/Madrid', 3],
    ],
  ),
  country(
    'AU',
    4,
    'AUD',
    ['en-AU'],
    [
      ['Sydney', 'New South Wales', 'Australia/Sydney', 3],
      ['Adelaide', 'South Australia', 'Australia/Adelaide', 1],
    ],
  ),
  country('NL', 4, 'EUR', ['nl-NL', 'en-GB'], [['Amsterdam', 'North Holland', 'Europe/Amsterdam', 1]]),
  country('PL', 3, 'PLN', ['pl-PL'], [['Warsaw', 'Masovia', 'Europe/Warsaw', 1]]),
  country('MX', 3, 'MXN', ['es-MX'], [['Mexico City', 'Mexico City', 'America/Mexico_City', 1]]),
  country('JP', 2, 'JPY', ['ja-JP'], [['Tokyo', 'Tokyo', 'Asia/Tokyo', 1]]),
  country('SE', 2, 'SEK', ['sv-SE'], [['Stockholm', 'Stockholm', 'Europe/Stockholm', 1]]),
]

export const TIME_ZONES: readonly string[] = [
  ...new Set(COUNTRIES.flatMap((place) => place.cities.map((city) => city.timezone))),
]

type CityRow = readonly [name: string, region: string, timezone: string, weight: number]

function country(
  code: string,
  weight: number,
  currency: string,
  languages: readonly string[],
  cities: readonly CityRow[],
): Country {
  const named = cities.map(([name, region, timezone, share]) => ({ name, region, timezone, weight: share }))
  return { code, weight, currency, languages, cities: named }
}
