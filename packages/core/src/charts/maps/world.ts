import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { COUNTRIES, type Country } from './countries.ts'
import { cutAtDateLine } from './cut-at-date-line.ts'

/**
 * The map that ECharts knows as `world`: a shape for every country of ISO 3166-1, whose name is the country's two letters. Borders
 * are Natural Earth's at 1:110m (public domain); Antarctica is left out. Countries too small for that scale are small discs, which
 * charts show where there is a value. Large: load it when a map is drawn.
 */
export async function worldGeoJson(): Promise<WorldMap> {
  const [{ feature }, { atlas }] = await Promise.all([import('topojson-client'), import('./atlas.ts')])
  const topology = atlas as unknown as Parameters<typeof feature>[0]
  const { features } = feature(topology, 'countries') as unknown as { readonly features: readonly Shape[] }
  const shapes = Map.groupBy(features, codeOf)
  const lands = [...shapes].flatMap(([code, parts]) => (code === undefined ? [] : [landOf(code, parts)]))
  const discs = [...COUNTRIES.values()].filter(({ code }) => !shapes.has(code)).map(discOf)
  return { type: 'FeatureCollection', features: [...lands, ...discs] }
}

export const WORLD_MAP = 'world'

type WorldMap = FeatureCollection<Polygon | MultiPolygon, { readonly name: string; readonly isDisc: boolean }>
type Shape = Feature<Polygon | MultiPolygon, { name: string }>

const BY_NUMBER = new Map([...COUNTRIES.values()].map(({ numeric, code }) => [numeric, code]))
/** Shapes without a number. ISO has no code for the last two: it counts them where locations by IP address do. */
const BY_NAME: Readonly<Record<string, string>> = { Kosovo: 'XK', 'N. Cyprus': 'CY', Somaliland: 'SO' }
const ANTARCTICA = 10

function codeOf({ id, properties }: Shape): string | undefined {
  if (Number(id) === ANTARCTICA) return undefined
  return id === undefined ? BY_NAME[properties.name] : BY_NUMBER.get(Number(id))
}

function landOf(code: string, parts: readonly Shape[]): WorldMap['features'][number] {
  const coordinates = parts.flatMap(({ geometry }) =>
    (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flatMap(cutAtDateLine),
  )
  return {
    type: 'Feature',
    properties: { name: code, isDisc: false },
    geometry: { type: 'MultiPolygon', coordinates },
  }
}

const DISC_DEGREES = 1.1
const DISC_CORNERS = 16

/** Round on the map, too: a degree of longitude is shorter by the cosine of the latitude. */
function discOf({ code, latitude, longitude }: Country): WorldMap['features'][number] {
  const stretch = 1 / Math.max(0.2, Math.cos((latitude / 180) * Math.PI))
  const ring = Array.from({ length: DISC_CORNERS + 1 }, (_, corner): Position => {
    const angle = ((corner % DISC_CORNERS) / DISC_CORNERS) * 2 * Math.PI
    return [longitude + DISC_DEGREES * stretch * Math.cos(angle), latitude + DISC_DEGREES * Math.sin(angle)]
  })
  return {
    type: 'Feature',
    properties: { name: code, isDisc: true },
    geometry: { type: 'Polygon', coordinates: [ring] },
  }
}
