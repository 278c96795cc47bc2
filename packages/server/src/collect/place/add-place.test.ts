import { expect, test } from 'vitest'
import { addPlace } from './add-place.ts'

const placeOf = () => ({ country: 'DE', region: 'Hesse', city: 'Fulda' })

test.each([
  { given: {}, added: { country: 'DE', region: 'Hesse', city: 'Fulda' } },
  { given: { country: 'FR' }, added: { country: 'FR' } },
  { given: { city: 'Bonn' }, added: { country: 'DE', city: 'Bonn' } },
])('an event with $given has the place $added', ({ given, added }) => {
  const event = { ...given }
  addPlace(event, '5.9.1.2', placeOf)
  expect(event).toEqual(added)
})

test('without an address there is no place', () => {
  const event = {}
  addPlace(event, undefined, placeOf)
  expect(event).toEqual({})
})
