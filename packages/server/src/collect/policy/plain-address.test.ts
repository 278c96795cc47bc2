import { describe, expect, test } from 'vitest'
import { maskedAddress, plainAddress } from './plain-address.ts'

describe('an address however it is written', () => {
  test.each([
    { given: '192.0.2.7', text: '192.0.2.7', family: 'ipv4' },
    { given: ' 192.0.2.7 ', text: '192.0.2.7', family: 'ipv4' },
    { given: '192.0.2.7:54321', text: '192.0.2.7', family: 'ipv4' },
    { given: '::ffff:192.0.2.7', text: '192.0.2.7', family: 'ipv4' },
    { given: '::FFFF:c000:207', text: '192.0.2.7', family: 'ipv4' },
    { given: '0:0:0:0:0:ffff:192.0.2.7', text: '192.0.2.7', family: 'ipv4' },
    { given: '[::ffff:192.0.2.7]:443', text: '192.0.2.7', family: 'ipv4' },
    { given: '2001:db8::1', text: '2001:db8::1', family: 'ipv6' },
    { given: '[2001:db8::1]:443', text: '2001:db8::1', family: 'ipv6' },
    { given: 'fe80::1%eth0', text: 'fe80::1', family: 'ipv6' },
    { given: '::', text: '::', family: 'ipv6' },
  ])('$given is $text', ({ given, text, family }) => {
    expect(plainAddress(given)).toEqual({ text, family })
  })

  test.each([
    '',
    'unknown',
    'example.com',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.7.',
    '[192.0.2',
    ':::',
    '2001:db8',
    '0x7f.1',
  ])('"%s" is none', (given) => {
    expect(plainAddress(given)).toBeUndefined()
    expect(maskedAddress(given)).toBeUndefined()
  })
})

test.each([
  { given: '192.0.2.7', masked: '192.0.0.0' },
  { given: '::ffff:192.0.2.7', masked: '192.0.0.0' },
  { given: '192.0.2.7:80', masked: '192.0.0.0' },
  { given: '2001:db8:1:2:3:4:5:6', masked: '2001:db8:1::' },
  { given: '2001:0DB8:0001::6', masked: '2001:db8:1::' },
  { given: '2001:db8::6', masked: '2001:db8:0::' },
  { given: '::1', masked: '0:0:0::' },
  { given: '64:ff9b::192.0.2.7', masked: '64:ff9b:0::' },
])('$given is masked as $masked', ({ given, masked }) => {
  expect(maskedAddress(given)).toBe(masked)
})
