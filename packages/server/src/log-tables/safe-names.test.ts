import { expect, test } from 'vitest'
import { newColumnName, newViewName } from './safe-names.ts'

test.each([
  { eventName: 'shop.pay', taken: [], name: 'shop_pay' },
  { eventName: 'Shop.Pay', taken: [], name: 'shop_pay' },
  { eventName: '2026.pay', taken: [], name: 'log_2026_pay' },
  { eventName: '_.x', taken: [], name: '__x' },
  { eventName: 'cube.web', taken: [], name: 'log_cube_web' },
  { eventName: 'shop.pay', taken: ['shop_pay'], name: 'log_shop_pay' },
  { eventName: 'a_b.c', taken: ['a_b_c', 'log_a_b_c'], name: 'log_a_b_c_2' },
  { eventName: 'a_b.c', taken: ['a_b_c', 'log_a_b_c', 'log_a_b_c_2'], name: 'log_a_b_c_3' },
  { eventName: `${'a'.repeat(99)}.${'b'.repeat(99)}`, taken: [], name: `${'a'.repeat(99)}_${'b'.repeat(20)}` },
])('$eventName becomes the view $name when $taken are taken', ({ eventName, taken, name }) => {
  expect(newViewName(eventName, new Set(taken))).toBe(name)
})

test.each([
  { path: 'amount', taken: [], name: 'amount' },
  { path: 'Amount', taken: ['amount'], name: 'Amount' },
  { path: 'user.id', taken: [], name: 'user_id' },
  { path: 'user.id', taken: ['user_id'], name: 'user_id_2' },
  { path: 'user.id', taken: ['user_id', 'user_id_2'], name: 'user_id_3' },
  { path: '1st', taken: [], name: '_1st' },
  { path: "x'); DROP TABLE y", taken: [], name: 'x____DROP_TABLE_y' },
  { path: 'größe', taken: [], name: 'gr__e' },
  { path: '値段', taken: ['__'], name: '___2' },
  { path: 'time', taken: [], name: 'time_2' },
  { path: 'event', taken: [], name: 'event_2' },
  { path: '_source', taken: [], name: '_source_2' },
  { path: 'source', taken: [], name: 'source' },
  { path: 'select', taken: [], name: 'select' },
  { path: 'a'.repeat(150), taken: [], name: 'a'.repeat(100) },
])('the key $path becomes the column $name when $taken are taken', ({ path, taken, name }) => {
  expect(newColumnName(path, new Set(taken))).toBe(name)
})
