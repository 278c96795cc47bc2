import { expect, test } from 'vitest'
import { COUNTRIES, countryName, SMALL_COUNTRIES } from './countries.ts'
import { countryCode } from './country-code.ts'
import { NATURAL_EARTH } from './projection.ts'
import { worldGeoJson } from './world.ts'

test('every country is on the map once, and Antarctica is not', async () => {
  const { features } = await worldGeoJson()
  const codes = features.map(({ properties }) => properties.name)
  expect(codes.toSorted()).toEqual([...COUNTRIES.keys()].toSorted())
  expect(codes).not.toContain('AQ')
})

test('countries that are too small for the scale are discs, others have their shape', async () => {
  const { features } = await worldGeoJson()
  const discs = features.filter(({ properties }) => properties.isDisc).map(({ properties }) => properties.name)
  expect(discs.toSorted()).toEqual(SMALL_COUNTRIES.toSorted())
  const isDisc = (code: string) => features.find(({ properties }) => properties.name === code)?.properties.isDisc
  expect({ SG: isDisc('SG'), MT: isDisc('MT') }).toEqual({ SG: true, MT: true })
  expect({ DE: isDisc('DE'), XK: isDisc('XK'), FJ: isDisc('FJ') }).toEqual({ DE: false, XK: false, FJ: false })
})

test("the numbers of the table are those of the atlas: a shape lies around its country's middle", async () => {
  const { features } = await worldGeoJson()
  for (const { properties, geometry } of features) {
    const country = COUNTRIES.get(properties.name)
    const rings = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
    const points = rings.flat(2)
    const latitudes = points.map(([, latitude]) => latitude as number)
    const longitudes = points.map(([longitude]) => longitude as number)
    expect(country?.latitude, properties.name).toBeGreaterThan(Math.min(...latitudes))
    expect(country?.latitude, properties.name).toBeLessThan(Math.max(...latitudes))
    expect(country?.longitude, properties.name).toBeGreaterThan(Math.min(...longitudes))
    expect(country?.longitude, properties.name).toBeLessThan(Math.max(...longitudes))
  }
})

test('every code has a name', () => {
  for (const code of COUNTRIES.keys()) expect(countryName(code, 'en'), code).not.toBe(code)
  expect(countryName('DE', 'de')).toBe('Deutschland')
  expect(countryName('nowhere', 'en')).toBe('nowhere')
})

test.each([{ at: [0, 0] }, { at: [13.4, 52.5] }, { at: [-122.4, 37.8] }, { at: [174.8, -41.3] }, { at: [-180, 83] }])(
  'what is projected from $at comes back',
  ({ at }) => {
    const [longitude, latitude] = NATURAL_EARTH.unproject(NATURAL_EARTH.project(at))
    expect(longitude).toBeCloseTo(at[0] as number, 5)
    expect(latitude).toBeCloseTo(at[1] as number, 5)
  },
)

test('no coast runs around the map: what lies across the 180th meridian is cut there', async () => {
  const { features } = await worldGeoJson()
  for (const { properties, geometry } of features) {
    const rings = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flat()
    for (const ring of rings) {
      const steps = ring.slice(1).map(([longitude], at) => Math.abs((longitude as number) - (ring[at]?.[0] as number)))
      expect(Math.max(...steps), properties.name).toBeLessThan(180)
    }
  }
  const russia = features.find(({ properties }) => properties.name === 'RU')
  const shapes = (russia?.geometry.coordinates ?? []) as number[][][][]
  const longitudes = shapes.flat(2).map(([longitude]) => longitude as number)
  expect([Math.min(...longitudes), Math.max(...longitudes)]).toEqual([-180, 180])
})

test.each([
  { value: 'DE', code: 'DE' },
  { value: 'de', code: 'DE' },
  { value: 'Germany', code: 'DE' },
  { value: 'UK', code: 'GB' },
  { value: 'A1', code: undefined },
  { value: '', code: undefined },
  { value: 276, code: undefined },
])('$value is the country $code', ({ value, code }) => {
  expect(countryCode(value)).toBe(code)
})

test('north is up, and the whole world is about twice as wide as high', () => {
  expect(NATURAL_EARTH.project([0, 80])[1]).toBeLessThan(NATURAL_EARTH.project([0, -50])[1])
  const width = 2 * NATURAL_EARTH.project([180, 0])[0]
  const height = -2 * NATURAL_EARTH.project([0, 90])[1]
  expect(width / height).toBeCloseTo(1.92, 1)
})
