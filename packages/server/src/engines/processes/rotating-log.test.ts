import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openRotatingLog } from './rotating-log.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('a full log is put aside, and only so many are kept', () => {
  const folder = temporaryFolder()
  const log = openRotatingLog(join(folder, 'a.log'), { maxBytes: 10, keep: 3 })
  for (const line of ['one\n', 'two\n', 'three\n', 'four\n', 'five\n', 'six\n', 'seven\n', 'eight\n']) {
    log.write(Buffer.from(line))
  }
  log.close()
  expect(readdirSync(folder).sort()).toEqual(['a.log', 'a.log.1', 'a.log.2'])
  expect(readFileSync(join(folder, 'a.log'), 'utf8')).toBe('eight\n')
  expect(readFileSync(join(folder, 'a.log.1'), 'utf8')).toBe('six\nseven\n')
  expect(readFileSync(join(folder, 'a.log.2'), 'utf8')).toBe('four\nfive\n')
})

test('a log that is opened again goes on where it ended', () => {
  const path = join(temporaryFolder(), 'a.log')
  for (const line of ['one\n', 'two\n']) {
    const log = openRotatingLog(path)
    log.write(Buffer.from(line))
    log.close()
  }
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n')
})

test('the tail holds the last four kilobytes', () => {
  const log = openRotatingLog(join(temporaryFolder(), 'a.log'))
  log.write(Buffer.from(`start${'.'.repeat(5000)}end`))
  expect(log.tail()).toHaveLength(4096)
  expect(log.tail()).toMatch(/end$/)
  log.close()
})
