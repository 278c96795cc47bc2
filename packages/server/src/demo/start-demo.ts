import type { ServerAddress } from '../cli/import/import-api.ts'
import { createDemoDelivery } from './demo-delivery.ts'
import { readDemoState, writeDemoState } from './demo-state.ts'
import { type FillProgress, fillWithHistory, firstDayFor, runTrickle } from './run-demo.ts'

export interface DemoOptions {
  readonly dataDir: string
  readonly server: ServerAddress
  readonly signal: AbortSignal
  /** During the filling; after a restart only what is missing since is filled. */
  readonly onProgress: (progress: FillProgress) => void
  readonly onTrouble: (error: unknown) => void
}

/** Some times the history's pace, so that the page is seen to move, and little enough that today does not dwarf all other days. */
const LIVE_EVENTS_PER_SECOND = 0.5

/** Resolves when the company's history is in the tables; then events go on coming until `signal` ends them. */
export async function startDemo({ dataDir, server, signal, onProgress, onTrouble }: DemoOptions): Promise<void> {
  const now = Date.now()
  const known = await readDemoState(dataDir)
  const firstDay = known ? Temporal.PlainDate.from(known.firstDay) : firstDayFor(now)
  const delivery = createDemoDelivery(server, signal)
  const remember = (sentUntil: number) => writeDemoState(dataDir, { firstDay: firstDay.toString(), sentUntil })

  await fillWithHistory({
    firstDay,
    startAt: known?.sentUntil,
    now,
    send: (events) => delivery.sendHistory(events),
    onProgress: async (progress) => {
      await remember(progress.sentUntil)
      onProgress(progress)
    },
    signal,
  })
  await delivery.finishHistory()
  trickle().catch(onTrouble)

  async function trickle(): Promise<void> {
    let lastNoted = now
    await runTrickle({
      firstDay,
      signal,
      eventsPerSecond: LIVE_EVENTS_PER_SECOND,
      send: async (events) => {
        // An event that can't be delivered is told and left out: the demo goes on.
        await delivery.sendNow(events).catch((error) => !signal.aborted && onTrouble(error))
        if (Date.now() - lastNoted < 5000) return
        lastNoted = Date.now()
        await remember(lastNoted)
      },
    })
  }
}
