import type { Writable } from 'node:stream'
import { SingleBar } from 'cli-progress'
import { bytesText, countText } from './figures.ts'

/** How far an import is, for the eyes of the person who waits. */
export interface Progress {
  start(name: string, sizeBytes: number | undefined): void
  update(progress: ReadSoFar): void
  /** Everything is sent; so many bytes are still to be stored. */
  pending(bytes: number): void
  note(text: string): void
  stop(): void
}

export const NO_PROGRESS: Progress = { start() {}, update() {}, pending() {}, note() {}, stop() {} }

const LINE_EVERY_MS = 5000

/** A bar that moves on a terminal; elsewhere, where each change would be a new line, a line every few seconds. */
export function createProgress(output: Writable & { readonly isTTY?: boolean }, nowMs: () => number): Progress {
  return output.isTTY ? barProgress(output, nowMs) : lineProgress(output, nowMs)
}

function barProgress(output: Writable, nowMs: () => number): Progress {
  const rate = createRate(nowMs)
  let bar: SingleBar | undefined
  const stop = () => {
    bar?.stop()
    bar = undefined
  }
  return {
    start(name, sizeBytes) {
      stop()
      rate.start(sizeBytes)
      const format = sizeBytes === undefined ? '{name}  {read}  {rate}  {note}' : BAR_FORMAT
      bar = new SingleBar({ format, stream: output as NodeJS.WriteStream, hideCursor: true, clearOnComplete: true })
      bar.start(sizeBytes ?? 1, 0, { name, read: '', rate: '', left: '', note: '' })
    },
    update(progress) {
      const { lines, left } = rate.of(progress)
      const read = bytesText(progress.readBytes)
      bar?.update(progress.readBytes, { read, rate: `${countText(lines)} lines/s`, left, note: '' })
    },
    pending: (bytes) => bar?.update({ note: `storing, ${bytesText(bytes)} to go` }),
    note: (text) => bar?.update({ note: text }),
    stop,
  }
}

const BAR_FORMAT = '{name}  {bar} {percentage}%  {read}  {rate}  {left}  {note}'

function lineProgress(output: Writable, nowMs: () => number): Progress {
  const rate = createRate(nowMs)
  let name = ''
  let size: number | undefined
  let lastMs = 0
  const write = (text: () => string) => {
    if (nowMs() - lastMs < LINE_EVERY_MS) return
    lastMs = nowMs()
    output.write(`${name}: ${text()}\n`)
  }
  return {
    start(file, sizeBytes) {
      name = file
      size = sizeBytes
      lastMs = nowMs()
      rate.start(sizeBytes)
    },
    update(progress) {
      const { lines, left } = rate.of(progress)
      write(() => {
        const read = bytesText(progress.readBytes) + (size === undefined ? '' : ` of ${bytesText(size)}`)
        return [read, `${countText(lines)} lines/s`, left].filter((text) => text !== '').join(', ')
      })
    },
    pending: (bytes) => write(() => `all sent, ${bytesText(bytes)} still to be stored`),
    note: (text) => write(() => text),
    stop() {},
  }
}

interface ReadSoFar {
  readonly readBytes: number
  readonly lines: number
}

/** Measured from the first report on: an import that goes on begins in the middle of its file. */
function createRate(nowMs: () => number) {
  let first: (ReadSoFar & { readonly atMs: number }) | undefined
  let size: number | undefined
  return {
    start(sizeBytes: number | undefined): void {
      first = undefined
      size = sizeBytes
    },
    of({ readBytes, lines }: ReadSoFar): { lines: number; left: string } {
      first ??= { readBytes, lines, atMs: nowMs() }
      const seconds = (nowMs() - first.atMs) / 1000
      if (seconds <= 0) return { lines: 0, left: '' }
      const bytesPerSecond = (readBytes - first.readBytes) / seconds
      const secondsLeft = size === undefined ? undefined : Math.max(0, size - readBytes) / bytesPerSecond
      const left = secondsLeft === undefined || bytesPerSecond <= 0 ? '' : `${durationText(secondsLeft)} left`
      return { lines: Math.round((lines - first.lines) / seconds), left }
    },
  }
}

function durationText(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`
  return seconds < 6000 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
