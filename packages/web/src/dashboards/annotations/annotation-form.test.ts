import { expect, test } from 'vitest'
import { annotationOfForm, localText } from './annotation-form.ts'

const fields = { at: '2026-11-18T10:42', until: '', title: ' Release 1.4 ', text: '', tags: '' }

test('times of the form are those of the board’s zone', () => {
  const made = annotationOfForm({ ...fields, until: '2026-11-18T11:00' }, 'Asia/Kathmandu', 'shop')
  expect(made).toEqual({
    at: '2026-11-18T04:57:00Z',
    until: '2026-11-18T05:15:00Z',
    title: 'Release 1.4',
    board: 'shop',
  })
  expect(localText(made.at, 'Asia/Kathmandu')).toBe('2026-11-18T10:42')
})

test('tags are told apart by commas, and empty ones are none', () => {
  expect(annotationOfForm({ ...fields, tags: 'deploy, , web ' }, 'UTC', undefined).tags).toEqual(['deploy', 'web'])
  expect(annotationOfForm(fields, 'UTC', undefined)).not.toHaveProperty('tags')
})
