import { randomNumbers } from '@almanac/core/random-numbers.ts'
import { describe, expect, test } from 'vitest'
import { type IdentityLink, resolvePersons } from './resolve.ts'

const link = (from: string, to: string, since = 1): IdentityLink => ({ from, to, since })
const resolved = (...links: IdentityLink[]) => Object.fromEntries(resolvePersons(links))

test('a device belongs to its user', () => {
  expect(resolved(link('1', '9'), link('2', '9'))).toEqual({ 1: '9', 2: '9', 9: '9' })
})

test('a device that two users share belongs to the one who came first, and the users stay two', () => {
  expect(resolved(link('1', '8', 5), link('1', '9', 4))).toMatchObject({ 1: '9' })
  expect(resolved(link('1', '8', 5), link('1', '9', 4))[8]).not.toBe('9')
})

test('of users who came at the same instant, the one with the smaller number has the device', () => {
  expect(resolved(link('1', '10'), link('1', '9'))[1]).toBe('9')
})

test('an alias is followed to its end', () => {
  expect(resolved(link('1', '2'), link('2', '3'), link('3', '4'))).toEqual({ 1: '4', 2: '4', 3: '4', 4: '4' })
})

test('a circle is one person, with the smallest number of its members', () => {
  expect(resolved(link('12', '5'), link('5', '7'), link('7', '12'), link('3', '7'))).toEqual({
    3: '5',
    5: '5',
    7: '5',
    12: '5',
  })
})

test('a link to itself says nothing', () => {
  expect(resolved(link('1', '1'))).toEqual({})
})

describe('of random links', () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1e9)
  const random = randomNumbers(seed)
  const some = (n: number) => Math.floor(random() * n)
  const randomLinks = () =>
    Array.from({ length: some(30) }, () => link(String(some(12) + 95), String(some(12) + 95), some(4)))

  test('neither order nor repetition makes a difference', () => {
    for (let round = 0; round < 300; round++) {
      const links = randomLinks()
      const shuffled = [...links, ...links.slice(0, some(10))]
        .map((one) => ({ one, key: random() }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one)
      expect(sorted(resolvePersons(shuffled)), `seed ${seed}`).toEqual(sorted(resolvePersons(links)))
    }
  })

  test('a person is one of its own visitors, and its own person', () => {
    for (let round = 0; round < 300; round++) {
      const persons = resolvePersons(randomLinks())
      for (const person of persons.values()) expect(persons.get(person), `seed ${seed}`).toBe(person)
    }
  })

  test('a link that is taken away leaves no trace', () => {
    for (let round = 0; round < 300; round++) {
      const links = randomLinks()
      const before = sorted(resolvePersons(links))
      const more = [...links, link('95', '999', 0)]
      resolvePersons(more)
      expect(sorted(resolvePersons(more.filter(({ to }) => to !== '999'))), `seed ${seed}`).toEqual(before)
    }
  })
})

const sorted = (persons: Map<string, string>) => [...persons].sort(([a], [b]) => (a < b ? -1 : 1))
