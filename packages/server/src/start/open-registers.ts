import { type KeyRing, openKeyRing } from '../accounts/keys/key-ring.ts'
import { loadActiveKeys, touchKeys } from '../accounts/keys/key-store.ts'
import { openSourceNames, type SourceNames } from '../accounts/sources/source-names.ts'
import { openSourceRing, type SourceRing } from '../accounts/sources/source-ring.ts'
import { listSources } from '../accounts/sources/sources.ts'
import { openTrackingLinks, type TrackingLinks } from '../attribution/tracking-links.ts'
import { openPlaces, type PlaceOf } from '../collect/place/places.ts'
import { createVisitors, type Visitors } from '../collect/visitors/visitor.ts'
import { keepVisitorSalts } from '../collect/visitors/visitor-salts.ts'
import type { Stores } from './open-stores.ts'
import type { Stops } from './stops.ts'

/** What collecting looks things up in. All of it is in memory: a request that brings events asks no database. */
export interface Registers {
  readonly keyRing: KeyRing
  readonly sourceNames: SourceNames
  readonly sourceRing: SourceRing
  readonly links: TrackingLinks
  readonly visitors: Visitors
  readonly placeOf: PlaceOf
}

export async function openRegisters(stores: Stores, identityKey: Uint8Array, stops: Stops): Promise<Registers> {
  const { config, pool, db, clickhouse, onError } = stores
  const places = await openPlaces({ mmdbPath: config.placesMmdb, onError })
  stops.push(() => places.close())
  const salts = await keepVisitorSalts(pool, onError)
  stops.push(() => salts.close())
  const keyRing = await openKeyRing({
    load: () => loadActiveKeys(db, new Date()),
    touch: (ids, at) => touchKeys(db, ids, at),
    now: Date.now,
    onError,
  })
  stops.push(() => keyRing.close())
  const sourceNames = await openSourceNames(pool, onError)
  stops.push(() => sourceNames.close())
  const sourceRing = await openSourceRing({ load: () => listSources(db), onError })
  stops.push(() => sourceRing.close())
  const links = await openTrackingLinks({ pool, clickhouse, onError })
  stops.push(() => links.close())
  const visitors = createVisitors(identityKey, { kind: 'daily', saltOf: salts.saltOf })
  return { keyRing, sourceNames, sourceRing, links, visitors, placeOf: places.placeOf }
}
