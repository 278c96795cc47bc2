import type { CollectedEvent } from '../events/collected-event.ts'
import type { Mutable } from '../events/event-draft.ts'
import type { PlaceOf } from './places.ts'

/**
 * Writes into the event where its address is, before the address is dropped. What the client itself said goes first: it
 * knows where its user is, and a place of two makers would be none.
 */
export function addPlace(
  event: Mutable<Pick<CollectedEvent, 'country' | 'region' | 'city'>>,
  address: string | undefined,
  placeOf: PlaceOf | undefined,
): void {
  if (placeOf === undefined || address === undefined || event.country !== undefined) return
  const place = placeOf(address)
  if (place === undefined) return
  event.country = place.country
  if (event.region !== undefined || event.city !== undefined) return
  if (place.region !== undefined) event.region = place.region
  if (place.city !== undefined) event.city = place.city
}
