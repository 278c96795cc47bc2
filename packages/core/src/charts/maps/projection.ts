/**
 * The Natural Earth projection: a compromise that bends little and shrinks the polar lands that Mercator blows up. Polynomials by
 * Šavrič, Patterson and Jenny, "The Natural Earth projection" (2011), https://doi.org/10.1559/15230406384
 */
export const NATURAL_EARTH = {
  /** Degrees (longitude, latitude) to a plane whose y points down. */
  project([longitude = 0, latitude = 0]: readonly number[]): [number, number] {
    const phi = radians(latitude)
    return [radians(longitude) * width(phi), -height(phi)]
  },
  unproject([x = 0, y = 0]: readonly number[]): [number, number] {
    const phi = latitudeAt(-y)
    return [degrees(x / width(phi)), degrees(phi)]
  },
}

/** How long a radian of longitude is at this latitude. */
function width(phi: number): number {
  const p2 = phi * phi
  const p4 = p2 * p2
  return 0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4))
}

function height(phi: number): number {
  const p2 = phi * phi
  const p4 = p2 * p2
  return phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
}

/** By Newton's method: the height has no inverse in closed form. */
function latitudeAt(y: number): number {
  let phi = y
  for (let step = 0; step < 25; step++) {
    const p2 = phi * phi
    const p4 = p2 * p2
    const slope = 1.007226 + p2 * (0.045255 + p4 * (-0.311325 + 0.259866 * p2 - 0.065076 * p4))
    const error = (height(phi) - y) / slope
    phi -= error
    if (Math.abs(error) < 1e-9) break
  }
  return phi
}

const radians = (value: number) => (value / 180) * Math.PI
const degrees = (value: number) => (value / Math.PI) * 180
