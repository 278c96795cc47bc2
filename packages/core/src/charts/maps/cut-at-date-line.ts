import type { Position } from 'geojson'

/**
 * The pieces of a polygon (outline and holes) on either side of the 180th meridian. The atlas has Russia and Fiji in one piece across
 * it: drawn as they are, their coasts would run once around the map.
 */
export function cutAtDateLine(rings: readonly Position[][]): Position[][][] {
  const whole = rings.map(unrolled)
  const crosses = (ring: Position[]) => ring.some(([longitude = 0]) => Math.abs(longitude) > 180)
  if (!whole.some(crosses)) return [whole]
  const pieces = [-360, 0, 360].map((turn) =>
    whole.map((ring) => clipped(clipped(turned(ring, turn), -180, 1), 180, -1)).filter((ring) => ring.length > 3),
  )
  return pieces.filter((piece) => piece.length > 0)
}

/** Longitudes that run on beyond 180 degrees instead of starting again at -180. */
function unrolled(ring: readonly Position[]): Position[] {
  let turns = 0
  let before: number | undefined
  return ring.map(([longitude = 0, latitude = 0]) => {
    if (before !== undefined && longitude - before > 180) turns -= 360
    if (before !== undefined && longitude - before < -180) turns += 360
    before = longitude
    return [longitude + turns, latitude]
  })
}

const turned = (ring: readonly Position[], degrees: number) =>
  ring.map(([longitude = 0, latitude = 0]): Position => [longitude + degrees, latitude])

/** What lies on one side of a meridian: east of it (1) or west of it (-1). By Sutherland and Hodgman. */
function clipped(ring: readonly Position[], meridian: number, side: 1 | -1): Position[] {
  const isInside = ([longitude = 0]: Position) => (longitude - meridian) * side >= 0
  const open = ring.slice(0, -1)
  const kept = open.flatMap((point, at) => {
    const before = open.at(at - 1) as Position
    const crossing = isInside(point) === isInside(before) ? [] : [crossingOf(before, point, meridian)]
    return isInside(point) ? [...crossing, point] : crossing
  })
  return kept.length === 0 ? [] : [...kept, kept[0] as Position]
}

function crossingOf([x1 = 0, y1 = 0]: Position, [x2 = 0, y2 = 0]: Position, meridian: number): Position {
  return [meridian, y1 + ((meridian - x1) / (x2 - x1)) * (y2 - y1)]
}
