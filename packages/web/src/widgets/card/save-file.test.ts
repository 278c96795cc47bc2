import { expect, test } from 'vitest'
import { fileName } from './save-file.ts'

test.each([
  { title: 'Visitors by day', asOf: '2026-11-22T10:42:07+01:00', name: 'visitors-by-day-2026-11-22-1042' },
  { title: '../../etc/passwd', asOf: undefined, name: 'etc-passwd' },
  { title: 'Größe, 🎉 عروض', asOf: undefined, name: 'größe-عروض' },
  { title: '', asOf: undefined, name: 'chart' },
  { title: 'x'.repeat(500), asOf: undefined, name: 'x'.repeat(80) },
])('$title becomes $name', ({ title, asOf, name }) => {
  expect(fileName(title, asOf)).toBe(name)
})
