import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

function outputOf(isTTY: boolean) {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      done()
    },
  })
  return { stream: Object.assign(stream, { isTTY, columns: 200 }), text: () => text }
}

test('where there is no terminal, a line every five seconds says bytes, lines a second and the time left', () => {
  let nowMs = 1_000_000
  const { stream, text } = outputOf(false)
  const progress = createProgress(stream, () => nowMs)
  progress.start('access.log', 10_000_000)
  progress.update({ readBytes: 0, lines: 0 })
  for (let second = 1; second <= 11; second++) {
    nowMs += 1000
    progress.update({ readBytes: second * 200_000, lines: second * 1000 })
  }
  nowMs += 5000
  progress.pending(1500)
  progress.stop()
  expect(text().split('\n')).toEqual([
    'access.log: 1.0 MB of 10.0 MB, 1,000 lines/s, 45 s left',
    'access.log: 2.0 MB of 10.0 MB, 1,000 lines/s, 40 s left',
    'access.log: all sent, 1.5 kB still to be stored',
    '',
  ])
})

test('of a pipe, neither the whole nor the time left is known', () => {
  let nowMs = 0
  const { stream, text } = outputOf(false)
  const progress = createProgress(stream, () => nowMs)
  progress.start('standard input', undefined)
  progress.update({ readBytes: 0, lines: 0 })
  nowMs = 6000
  progress.update({ readBytes: 600, lines: 60 })
  expect(text()).toBe('standard input: 600 bytes, 10 lines/s\n')
})

test('on a terminal a bar shows the file and how much of it was read', () => {
  const { stream, text } = outputOf(true)
  const progress = createProgress(stream, () => 0)
  progress.start('access.log', 1000)
  progress.update({ readBytes: 500, lines: 10 })
  progress.stop()
  expect(text()).toContain('access.log')
})
