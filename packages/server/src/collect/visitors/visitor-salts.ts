import type { Pool } from 'pg'
import { dailySalts, destroyOldSalts } from './daily-salts.ts'

const REFRESH_MS = 10 * 60_000
const DAY_MS = 86_400_000

export interface VisitorSalts {
  /** Of a UTC day that is near enough; without one, nobody is known by the address. */
  saltOf(utcDay: string): Uint8Array | undefined
  close(): void
}

/** Keeps the salts of yesterday, today and tomorrow at hand, and sees to it that old ones are destroyed. */
export async function keepVisitorSalts(pool: Pool, onError: (error: unknown) => void): Promise<VisitorSalts> {
  let salts = new Map<string, Uint8Array>()
  const refresh = async () => {
    await destroyOldSalts(pool)
    const today = Date.now()
    const days = [-1, 0, 1].map((n) => new Date(today + n * DAY_MS).toISOString().slice(0, 10))
    const fresh = await dailySalts(pool, days)
    salts = new Map(Object.entries(fresh).map(([day, salt]) => [day, Buffer.from(salt, 'base64')]))
  }
  await refresh()
  const timer = setInterval(() => refresh().catch(onError), REFRESH_MS)
  timer.unref()
  return { saltOf: (day) => salts.get(day), close: () => clearInterval(timer) }
}
