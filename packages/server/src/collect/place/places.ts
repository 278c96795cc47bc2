import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AppError } from '@almanac/core/errors.ts'
import { Reader, type Response } from 'mmdb-lib'
import { type Place, placeOfRecord } from './place-of-record.ts'
import { publicAddress } from './public-address.ts'

/**
 * Where an address is, by a database in MaxMind's format that is held in memory. No address is remembered: a look-up is
 * two microseconds, and what was decoded is kept by its place in the file.
 */
export interface Places {
  /** Undefined for private addresses, for text that is no address, and for what the database does not know. */
  readonly placeOf: PlaceOf
  /** Ends the watch for a newer file. */
  close(): void
}

export type PlaceOf = (address: string) => Place | undefined

export interface PlacesOptions {
  /** The user's own database; without it, the one that came with us, which knows countries alone. */
  readonly mmdbPath?: string | undefined
  /** A newer file could not be read; the older one goes on in its place, and the newer one is tried again. */
  readonly onError?: (error: unknown) => void
  readonly checkEveryMs?: number
}

const CHECK_EVERY_MS = 60_000

/** Fails with `invalid_config` when the file is missing or is no database of places. */
export async function openPlaces({
  mmdbPath,
  onError,
  checkEveryMs = CHECK_EVERY_MS,
}: PlacesOptions = {}): Promise<Places> {
  const path = mmdbPath ?? OWN_DATABASE
  let version = await versionOf(path)
  let find = await readDatabase(path)

  async function checkVersion(): Promise<void> {
    try {
      const now = await versionOf(path)
      if (now === version) return
      find = await readDatabase(path)
      version = now
    } catch (error) {
      onError?.(error)
    }
  }

  const timer = mmdbPath === undefined ? undefined : setInterval(checkVersion, checkEveryMs)
  timer?.unref()
  return { placeOf: (address) => find(address), close: () => clearInterval(timer) }
}

const OWN_DATABASE = fileURLToPath(
  import.meta.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'),
)

async function versionOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path)
    return `${ino} ${size} ${mtimeMs}`
  } catch (cause) {
    throw unusable(path, 'cannot be read', cause)
  }
}

async function readDatabase(path: string): Promise<PlaceOf> {
  const file = await readFile(path).catch((cause) => {
    throw unusable(path, 'cannot be read', cause)
  })
  const reader = readerOf(file, path)
  const places = new WeakMap<object, { readonly place: Place | undefined }>()

  function find(text: string): Place | undefined {
    const address = publicAddress(text)
    if (address === undefined) return undefined
    // A damaged stretch of the file throws: then the place is not known, and the event counts all the same.
    const record = recordOf(reader, address)
    if (typeof record !== 'object' || record === null) return undefined
    let known = places.get(record)
    if (known === undefined) {
      known = { place: placeOfRecord(record) }
      places.set(record, known)
    }
    return known.place
  }

  if (!hasCountries(reader)) throw unusable(path, 'holds no countries')
  return find
}

function readerOf(file: Buffer, path: string): Reader<Response> {
  try {
    const reader = new Reader<Response>(file, { cache: boundedCache() })
    const { binaryFormatMajorVersion, searchTreeSize } = reader.metadata
    if (binaryFormatMajorVersion !== 2 || searchTreeSize > file.length) throw new Error('its description is not right')
    return reader
  } catch (cause) {
    throw unusable(path, 'is not a database in the MMDB format', cause)
  }
}

function recordOf(reader: Reader<Response>, address: string): unknown {
  try {
    // A database of IPv4 alone would take an IPv6 address for one.
    if (reader.metadata.ipVersion === 4 && address.includes(':')) return undefined
    return reader.get(address)
  } catch {
    return undefined
  }
}

/** Whether what is known of addresses all over the world has a country now and then: a database of networks has none. */
function hasCountries(reader: Reader<Response>): boolean {
  let isKnown = false
  for (let first = 1; first < 224; first++) {
    for (const rest of PROBES) {
      const record = recordOf(reader, `${first}.${rest}`)
      if (record === undefined || record === null) continue
      isKnown = true
      if (placeOfRecord(record) !== undefined) return true
    }
  }
  return !isKnown
}

const PROBES = ['0.0.1', '8.8.8', '32.64.9', '125.160.216', '200.7.30']

/** What was decoded, by its place in the file. Two generations: what was used lately is never forgotten. */
function boundedCache() {
  let young = new Map<string | number, object>()
  let old = new Map<string | number, object>()
  return {
    get: (key: string | number) => young.get(key) ?? old.get(key),
    set(key: string | number, value: object) {
      if (young.size >= RECORDS_REMEMBERED) {
        old = young
        young = new Map()
      }
      young.set(key, value)
    },
  }
}

const RECORDS_REMEMBERED = 20_000

function unusable(path: string, problem: string, cause?: unknown): AppError {
  return new AppError('invalid_config', `The database of places ${path} ${problem}`, {
    hint: 'ALMANAC_PLACES_MMDB is to name a file such as GeoLite2-City.mmdb; without it, the one that came with Almanac is used.',
    cause,
  })
}
