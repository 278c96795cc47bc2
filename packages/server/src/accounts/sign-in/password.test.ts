import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

test('a password is recognised by its own hash and by no other', async () => {
  const stored = await hashPassword('correct horse battery')

  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword('correct horse battery', stored)).toBe(true)
  expect(await verifyPassword('correct horse batterY', stored)).toBe(false)
})

test('the same password has another hash each time', async () => {
  expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'))
})

test('an account that does not exist has no password', async () => {
  expect(await verifyPassword('', undefined)).toBe(false)
})

test('a letter typed as one or as two code points is the same letter', async () => {
  expect(await verifyPassword('u\u0308ber allen Gipfeln', await hashPassword('über allen Gipfeln'))).toBe(true)
})
