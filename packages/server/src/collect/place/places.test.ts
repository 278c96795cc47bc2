import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openPlaces } from './places.ts'
import { mmdbOf } from './testing/mmdb.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-places-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function fileOf(content: Buffer | string): Promise<string> {
  const path = join(folder, 'places.mmdb')
  // As a whole, as those who deliver such files do.
  await writeFile(`${path}.new`, content)
  await rename(`${path}.new`, path)
  return path
}

const BONN = {
  country: { iso_code: 'DE', names: { de: 'Deutschland', en: 'Germany' } },
  subdivisions: [{ iso_code: 'NW', names: { en: 'North Rhine-Westphalia' } }],
  city: { names: { de: 'Bonn', en: 'Bonn' } },
}

test.each([
  ['8.8.8.8', 'US'],
  ['193.99.144.80', 'DE'],
  ['::ffff:193.99.144.80', 'DE'],
  ['2001:4860:4860::8888', 'US'],
  ['102.88.0.1', 'NG'],
  ['200.160.2.3', 'BR'],
])('the database that comes with us knows that %s is in %s', async (address, country) => {
  const { placeOf } = await openPlaces()
  expect(placeOf(address)).toEqual({ country })
})

test.each(['192.168.1.1', '127.0.0.1', '::1', 'localhost', ''])('"%s" is nowhere', async (address) => {
  expect((await openPlaces()).placeOf(address)).toBeUndefined()
})

test('a database of cities gives country, region and city', async () => {
  const { placeOf, close } = await openPlaces({ mmdbPath: await fileOf(mmdbOf({ '5.9.0.0/16': BONN })) })
  expect(placeOf('5.9.1.2')).toEqual({ country: 'DE', region: 'North Rhine-Westphalia', city: 'Bonn' })
  expect(placeOf('5.10.1.2')).toBeUndefined()
  expect(placeOf('2a01:4f8::1')).toBeUndefined()
  close()
})

test.each([
  {
    record: { country_code: 'FR', city: 'Lyon', state1: 'Rhône' },
    place: { country: 'FR', region: 'Rhône', city: 'Lyon' },
  },
  { record: { country: 'FR', region: 'Rhône' }, place: { country: 'FR', region: 'Rhône' } },
  { record: { registered_country: { iso_code: 'CH' } }, place: { country: 'CH' } },
  { record: { country: { iso_code: 'xx' }, city: { names: { en: 'Nowhere' } } }, place: undefined },
])('the record $record means $place', async ({ record, place }) => {
  const networks = { '5.9.0.0/16': record, '8.8.0.0/16': { country_code: 'US' } }
  const { placeOf, close } = await openPlaces({ mmdbPath: await fileOf(mmdbOf(networks)) })
  expect(placeOf('5.9.1.2')).toEqual(place)
  close()
})

test('a newer file is read, and a broken one is not', async () => {
  const path = await fileOf(mmdbOf({ '5.9.0.0/16': { country_code: 'DE' } }))
  const errors: unknown[] = []
  const { placeOf, close } = await openPlaces({
    mmdbPath: path,
    checkEveryMs: 5,
    onError: (error) => errors.push(error),
  })

  await fileOf('no database at all')
  await vi.waitFor(() => expect(errors[0]).toMatchObject({ code: 'invalid_config' }))
  expect(placeOf('5.9.1.2')).toEqual({ country: 'DE' })

  await fileOf(mmdbOf({ '5.9.0.0/16': { country_code: 'AT' } }))
  await vi.waitFor(() => expect(placeOf('5.9.1.2')).toEqual({ country: 'AT' }))
  close()
})

test.each([
  { content: '', problem: 'is not a database in the MMDB format' },
  { content: 'x'.repeat(5000), problem: 'is not a database in the MMDB format' },
  { content: mmdbOf({ '5.9.0.0/16': BONN }).subarray(0, -20), problem: 'is not a database in the MMDB format' },
  { content: mmdbOf({ '8.8.0.0/16': { autonomous_system_number: 15169 } }), problem: 'holds no countries' },
])('a file that $problem is an error at the start', async ({ content, problem }) => {
  await expect(openPlaces({ mmdbPath: await fileOf(content) })).rejects.toMatchObject({
    code: 'invalid_config',
    message: expect.stringContaining(problem),
  })
})

test('a file that is not there is an error at the start, with its name', async () => {
  const mmdbPath = join(folder, 'none.mmdb')
  await expect(openPlaces({ mmdbPath })).rejects.toMatchObject({
    code: 'invalid_config',
    message: expect.stringContaining(mmdbPath),
  })
})
