import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PageViews, pageViews, type WayIn } from './ways-in.ts'

/**
 * A client that gives up on nothing with an id: without an answer it sends the same again, and now and then it sends again
 * what was answered long ago. What has no id it tries a few times. It keeps account of what it was promised.
 */
export interface StubbornClient {
  readonly hasIds: boolean
  /** By the marker of the page view. */
  readonly tallies: ReadonlyMap<string, Readonly<Tally>>
  /** Answers that say that the client is wrong. */
  readonly refusals: readonly string[]
  acknowledgements(): number
  stop(): Promise<void>
}

interface Tally {
  sent: number
  acknowledged: number
}

const DAY_MS = 86_400_000
const MAX_TRIES_WITHOUT_ID = 3
const REMEMBERED = 100

/** The address is asked for with each request: a server that was started again has another one. */
export function startStubbornClient(wayIn: WayIn, secret: string, url: () => string): StubbornClient {
  const tallies = new Map<string, Tally>()
  const refusals: string[] = []
  const stopping = new AbortController()
  let acknowledgements = 0
  const running = deliver()

  async function deliver(): Promise<void> {
    const taken: PageViews[] = []
    while (!stopping.signal.aborted) {
      const old = wayIn.hasIds && randomInt(0, 5) === 0 ? taken[randomInt(0, REMEMBERED)] : undefined
      const views = old ?? newPageViews()
      if (await sendUntilTaken(views))
        taken[taken.length < REMEMBERED ? taken.length : randomInt(0, REMEMBERED)] = views
      await sleep(randomInt(0, 20))
    }
  }

  /** Of one of four days. */
  function newPageViews(): PageViews {
    const views = pageViews(randomInt(1, wayIn.maxEvents + 1), Date.now() - randomInt(0, 4) * DAY_MS)
    for (const marker of views.markers) tallies.set(marker, { sent: 0, acknowledged: 0 })
    return views
  }

  async function sendUntilTaken(views: PageViews): Promise<boolean> {
    for (let tries = 1; !stopping.signal.aborted; tries++) {
      if (await send(views)) return true
      if (!wayIn.hasIds && tries === MAX_TRIES_WITHOUT_ID) return false
      await sleep(20)
    }
    return false
  }

  async function send(views: PageViews): Promise<boolean> {
    const { path, headers, body } = wayIn.request(views, secret)
    count(views, 'sent')
    const answer = await fetch(url() + path, { method: 'POST', headers, body })
      .then(async (response) => ({ status: response.status, body: await response.text() }))
      .catch(() => undefined)
    if (!answer) return false
    const isTaken = wayIn.isTaken(answer, views)
    if (isTaken) count(views, 'acknowledged')
    else if (answer.status < 500) refusals.push(`${wayIn.name} got ${answer.status}: ${answer.body}`)
    return isTaken
  }

  function count({ markers }: PageViews, what: keyof Tally): void {
    for (const marker of markers) {
      const tally = tallies.get(marker)
      if (tally) tally[what]++
    }
    if (what === 'acknowledged') acknowledgements += markers.length
  }

  return {
    hasIds: wayIn.hasIds,
    tallies,
    refusals,
    acknowledgements: () => acknowledgements,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** Page views that are not there as often as was promised: once with an id, and without one as often as they were sent at most. */
export function brokenPromises({ hasIds, tallies }: StubbornClient, storedCounts: ReadonlyMap<string, number>) {
  return [...tallies].flatMap(([marker, { sent, acknowledged }]) => {
    const stored = storedCounts.get(marker) ?? 0
    const atLeast = hasIds ? Math.min(acknowledged, 1) : acknowledged
    const atMost = hasIds ? 1 : sent
    return stored >= atLeast && stored <= atMost ? [] : [{ marker, hasIds, sent, acknowledged, stored }]
  })
}
