import { setTimeout } from 'node:timers/promises'
import { HISTORY_DAYS } from './company/calendar.ts'
import { createCompany } from './company/company.ts'
import { DAY_MS, dateOfEpochDay, epochDayAt, epochDayOf } from './company/epoch-day.ts'
import type { DemoEvent } from './demo-event.ts'
import { generateDay } from './generate-day.ts'
import { generateTrickle } from './generate-trickle.ts'
import type { Random } from './random.ts'

/** Takes events of one source and one environment, in order of receipt; resolves when they are safe. */
export type SendEvents = (events: readonly DemoEvent[]) => Promise<void>

export interface FillOptions {
  /** The company's first day. It is chosen once, with `firstDayFor`, and kept: another day is another company. */
  readonly firstDay: Temporal.PlainDate
  /** Milliseconds since 1970: all that was received before it has been sent. Absent: nothing has. */
  readonly startAt?: number | undefined
  readonly now: number
  readonly send: SendEvents
  readonly onProgress?: ((progress: FillProgress) => void | Promise<void>) | undefined
  readonly signal?: AbortSignal | undefined
}

export interface FillProgress {
  /** All events received before this instant have been sent: the `startAt` to go on from. */
  readonly sentUntil: number
  readonly daysDone: number
  readonly daysTotal: number
  readonly events: number
}

export interface TrickleRun {
  readonly firstDay: Temporal.PlainDate
  readonly send: SendEvents
  /** Ends the trickle, which then resolves. */
  readonly signal: AbortSignal
  readonly eventsPerSecond?: number | undefined
  readonly now?: (() => number) | undefined
  readonly random?: Random | undefined
  /** Rejects when the signal ends it. */
  readonly wait?: ((delayMs: number, signal: AbortSignal) => Promise<unknown>) | undefined
}

const CHUNK_EVENTS = 2000
const EVENTS_PER_SECOND = 3

/** The first of the ninety days of which today, in UTC, is the last. */
export function firstDayFor(now: number): Temporal.PlainDate {
  return dateOfEpochDay(epochDayAt(now) - HISTORY_DAYS + 1)
}

/**
 * Sends the company's history from `startAt` up to `now`, a day after the other. Ids of events are the same each time,
 * so what is sent again after an interruption is counted once.
 */
export async function fillWithHistory(options: FillOptions): Promise<FillProgress> {
  const { firstDay, now, onProgress, signal } = options
  const company = createCompany(firstDay)
  const startAt = Math.max(options.startAt ?? 0, epochDayOf(firstDay) * DAY_MS)
  const days = { from: epochDayAt(startAt), to: epochDayAt(now) }
  const daysTotal = Math.max(0, days.to - days.from + 1)
  let progress: FillProgress = { sentUntil: startAt, daysDone: 0, daysTotal, events: 0 }
  for (let day = days.from; day <= days.to; day++) {
    const events = await sendDay(options, generateDay(dateOfEpochDay(day), company), startAt)
    const sentUntil = Math.min(now, (day + 1) * DAY_MS)
    progress = { sentUntil, daysDone: day - days.from + 1, daysTotal, events: progress.events + events }
    await onProgress?.(progress)
    signal?.throwIfAborted()
  }
  return progress
}

/** Sends live events, each at its moment, until the signal ends it. What `send` throws comes out. */
export async function runTrickle(run: TrickleRun): Promise<void> {
  const { firstDay, send, signal, eventsPerSecond = EVENTS_PER_SECOND } = run
  const { now = Date.now, random = Math.random, wait = sleep } = run
  const company = createCompany(firstDay)
  for (const { delayMs, ...demoEvent } of generateTrickle(company, { startAt: now(), random, eventsPerSecond })) {
    if (!(await hasWaited(wait(delayMs, signal), signal))) return
    await send([receivedNow(demoEvent, now())])
  }
}

async function sendDay({ send, now, signal }: FillOptions, day: Iterable<DemoEvent>, startAt: number): Promise<number> {
  const chunks = new Map<string, DemoEvent[]>()
  let count = 0
  for (const demoEvent of day) {
    if (demoEvent.receivedAt < startAt) continue
    if (demoEvent.receivedAt >= now) break
    signal?.throwIfAborted()
    count++
    const destination = `${demoEvent.source} ${demoEvent.event.environment ?? 'production'}`
    const chunk = chunks.get(destination) ?? []
    chunk.push(demoEvent)
    chunks.set(destination, chunk)
    if (chunk.length < CHUNK_EVENTS) continue
    chunks.delete(destination)
    await send(chunk)
  }
  for (const chunk of chunks.values()) await send(chunk)
  return count
}

/** The delays alone set the pace: after a computer's sleep, events go on from now, and are not made up for. */
function receivedNow({ source, receivedAt, event }: DemoEvent, now: number): DemoEvent {
  const later = now - receivedAt
  const { time, sentAt } = event
  const moved = {
    ...(typeof time === 'number' && { time: time + later }),
    ...(typeof sentAt === 'number' && { sentAt: sentAt + later }),
  }
  return { source, receivedAt: now, event: { ...event, ...moved } }
}

async function hasWaited(waiting: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  try {
    await waiting
    return !signal.aborted
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}

const sleep = (delayMs: number, signal: AbortSignal) => setTimeout(delayMs, undefined, { signal })
