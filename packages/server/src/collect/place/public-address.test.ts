import { expect, test } from 'vitest'
import { publicAddress } from './public-address.ts'

test.each([
  '8.8.8.8',
  '100.63.0.1',
  '100.128.0.1',
  '172.32.0.1',
  '192.1.2.3',
  '198.20.0.1',
  '203.0.114.1',
  '2a01:4f8::1',
])('%s is an address of the world', (address) => {
  expect(publicAddress(address)).toBe(address)
})

test('an IPv4 address is one in the clothes of IPv6, too', () => {
  expect(publicAddress('::ffff:8.8.8.8')).toBe('8.8.8.8')
  expect(publicAddress('::FFFF:192.168.1.1')).toBeUndefined()
})

test.each([
  '',
  'unknown',
  'some.host.example',
  '1.2.3',
  '1.2.3.4:80',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.1.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fe80::1%eth0',
  '2a01:4f8::1%eth0',
  'fd00::1',
  'ff02::1',
  '2001:db8::1',
  '::ffff:808:808',
])('%s is nowhere in the world', (address) => {
  expect(publicAddress(address)).toBeUndefined()
})
