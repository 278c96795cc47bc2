import type { Look } from '../drawing.ts'
import { SMALL_COUNTRIES } from '../maps/countries.ts'
import { NATURAL_EARTH } from '../maps/projection.ts'
import { WORLD_MAP } from '../maps/world.ts'

/** How every map lies in its box; the islands between Hawaii and the date line have room where one of them is shown. */
export const mapPlace = (longitudes: readonly number[]) => ({
  map: WORLD_MAP,
  projection: NATURAL_EARTH,
  roam: false,
  // Where the titles of cards begin.
  left: 10,
  right: 2,
  top: 2,
  bottom: 2,
  preserveAspect: 'contain' as const,
  boundingCoords: [
    [longitudes.some((longitude) => longitude < HAWAII) ? -180 : HAWAII, 83.7],
    [180, -56],
  ],
})

const HAWAII = -157

/** A land with nothing to say. */
export const landStyle = ({ theme }: Look) => ({ areaColor: theme.grid, borderColor: theme.surface, borderWidth: 0.6 })

/** The discs of countries that are too small for the map are seen only where they have a value. */
export const unseenDiscs = (shown: ReadonlySet<string>) =>
  SMALL_COUNTRIES.filter((name) => !shown.has(name)).map((name) => ({
    name,
    itemStyle: { opacity: 0 },
    emphasis: { disabled: true },
    silent: true,
  }))
