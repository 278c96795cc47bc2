import { randomInt } from 'node:crypto'

/** Letters and digits that nobody takes for each other, also in print: no 0 and O, no 1, I and l. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const LENGTH = 8

/** Random, so that nobody finds other links by counting: one of 10^14. */
export function newLinkCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

/** What people may choose instead. */
export const CHOSEN_CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{2,49}$/
