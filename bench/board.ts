// How long a reader waits for a dashboard of twelve widgets, the demo's overview, in Chromium on this machine: the first look with an
// empty cache, until something is painted and until all widgets in sight show their figures; a filter; frames while a widget is
// dragged; how much the page moves by itself; how long after the answer to an event its number changes, beside the demo's own
// events. Beside it the same figures as one bare request, without a browser. Some looks are 1.3 s longer than the others: the Chromium of
// the tests has all in one process, and a second after a navigation it takes the layers of the page before apart and waits for its
// drawing in software; a trace shows it, and nothing of the page runs then. The worst are such looks, the medians are not.
// Usage: node bench/board.ts [ROUNDS], 5 by default.
import type { Page } from 'playwright-core'
import { launchChromium } from '../test/browser/support/chromium.ts'
import { ARE_CARDS_DRAWN } from '../test/browser/support/drawn-cards.ts'
import { type Demo, startDemo } from './support/demo.ts'
import { print } from './support/print.ts'
import { api, withTempDir } from './support/servers.ts'

const ROUNDS = Number(process.argv[2] ?? 5)

interface View {
  readonly paintedMs: number
  readonly settledMs: number
  readonly requests: number
  readonly layoutShift: number
  readonly filterMs: number
  readonly bareMs: number
}

/** The sum of what moved without the reader having done anything. */
const WATCH_SHIFTS = `
  window.layoutShift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })`

const IS_SETTLED = `(document.querySelector('[data-settled]') !== null && ${ARE_CARDS_DRAWN})`

/** Milliseconds from the start of the navigation to the frame in which all widgets in sight are drawn with their figures. */
const WHEN_SETTLED = `new Promise((done) => {
  const look = () => ${IS_SETTLED} ? done(performance.now()) : requestAnimationFrame(look)
  look()
})`

/** Milliseconds from the click on what is listed until nothing of the old answers is there any more and all is drawn anew. */
const FILTERED = `new Promise((done) => {
  const started = performance.now()
  let hasBegun = false
  window.listed.click()
  const look = () => {
    const isSettled = ${IS_SETTLED}
    hasBegun ||= !isSettled
    if (hasBegun && isSettled) done(performance.now() - started)
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})`

const LIVE_PATH = '/bench/live'
const LIVE_EVENTS = 8

await withTempDir(async (directory) => {
  const demo = await startDemo(directory)
  await measure(demo).finally(() => demo.server.stop())
})

async function measure(demo: Demo): Promise<void> {
  await look(demo) // The engines' caches are warm, as in a company where somebody has looked today; the browser's never is.
  const views: View[] = []
  for (let round = 0; round < ROUNDS; round++) views.push(await look(demo))
  const of = (key: keyof View) => median(views.map((view) => view[key]))
  const worst = (key: keyof View) => Math.max(...views.map((view) => view[key]))
  const { medianMs, slowMs } = await dragFrames(demo)
  const live = await liveChanges(demo)
  print('painted', `${of('paintedMs').toFixed(0)} ms, worst ${worst('paintedMs').toFixed(0)} (asked: 1200)`)
  print('all widgets', `${of('settledMs').toFixed(0)} ms, worst ${worst('settledMs').toFixed(0)} (asked: 2000)`)
  print('filter', `${of('filterMs').toFixed(0)} ms, worst ${worst('filterMs').toFixed(0)} (asked: 500)`)
  print('live', `${median(live).toFixed(0)} ms, worst of ${live.length} ${Math.max(...live).toFixed(0)} (asked: 1000)`)
  print('frames while dragging', `${medianMs.toFixed(1)} ms, 95 % within ${slowMs.toFixed(1)} (asked: 16.7)`)
  print('layout shift', `${worst('layoutShift').toFixed(4)} (asked: 0)`)
  print('requests for figures', `${of('requests')} for all in sight (asked: 1)`)
  print('ratio all widgets / bare', (of('settledMs') / of('bareMs')).toFixed(1))
}

/** A browser of its own: nothing of an earlier look is in its cache. */
async function look({ server, session }: Demo): Promise<View> {
  const browser = await launchChromium()
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ name: 'almanac_session', value: session, url: server.url }])
    const page = await context.newPage()
    await page.addInitScript(WATCH_SHIFTS)
    const bodies: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/api/v1/widget-answers')) bodies.push(request.postData() ?? '')
    })
    await page.goto(`${server.url}/dashboards/overview?refresh=off`, { waitUntil: 'commit' })
    const settledMs = (await page.evaluate(WHEN_SETTLED)) as number
    const paintedMs = (await page.evaluate(
      `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
    )) as number
    const [requests, [body = '']] = [bodies.length, bodies]
    const bareMs = await bare(server.url, session, body)
    const layoutShift = (await page.evaluate('window.layoutShift')) as number
    return { paintedMs, settledMs, requests, layoutShift, bareMs, filterMs: await filter(page) }
  } finally {
    await browser.close()
  }
}

/** From the click on a page of the list to the frame in which all widgets in sight have settled with the filter. */
async function filter(page: Page): Promise<number> {
  await page.getByRole('article', { name: 'Visitors by country' }).waitFor()
  await page.locator('body').press('End')
  await page.getByRole('article', { name: 'Most visited pages' }).scrollIntoViewIfNeeded()
  await page.evaluate(WHEN_SETTLED)
  const first = page.getByRole('article', { name: 'Most visited pages' }).getByRole('button', { name: /start/ }).first()
  await first.waitFor()
  await first.evaluate((button) => Object.assign(globalThis, { listed: button }))
  return (await page.evaluate(FILTERED)) as number
}

async function bare(url: string, session: string, body: string): Promise<number> {
  const started = performance.now()
  const headers = { 'content-type': 'application/json', cookie: `almanac_session=${session}`, origin: url }
  const response = await fetch(`${url}/api/v1/widget-answers`, { method: 'POST', headers, body })
  await response.arrayBuffer()
  return performance.now() - started
}

/** Milliseconds between frames while the first widget is dragged over the page. */
async function dragFrames({ server, session }: Demo): Promise<{ medianMs: number; slowMs: number }> {
  const browser = await launchChromium()
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ name: 'almanac_session', value: session, url: server.url }])
    const page = await context.newPage()
    const copy = await context.request.post(`${server.url}/api/v1/boards/overview/duplicate`, {
      headers: { origin: server.url },
    })
    const { slug } = (await copy.json()) as { slug: string }
    await page.goto(`${server.url}/dashboards/${slug}?edit=true`)
    const header = page.locator('[data-drag-handle]').first()
    await header.waitFor()
    await page.waitForLoadState('networkidle')
    const box = await header.boundingBox()
    if (!box) throw new Error('there is nothing to drag')
    await page.mouse.move(box.x + 60, box.y + 10)
    await page.mouse.down()
    await page.evaluate(`window.frames_ = []; {
      let last = performance.now()
      const frame = (now) => { window.frames_.push(now - last); last = now; window.raf_ = requestAnimationFrame(frame) }
      requestAnimationFrame(frame)
    }`)
    for (let step = 0; step < 240; step++) await page.mouse.move(box.x + 60 + step * 3, box.y + 10 + (step % 120) * 2)
    const frames = (await page.evaluate('window.frames_.slice(2)')) as number[]
    await page.mouse.up()
    const sorted = frames.toSorted((a, b) => a - b)
    return { medianMs: median(frames), slowMs: sorted[Math.floor(sorted.length * 0.95)] ?? 0 }
  } finally {
    await browser.close()
  }
}

/** Milliseconds from the answer to an event of a new visitor to the moment in which the board counts one more. */
async function liveChanges({ server, session }: Demo): Promise<number[]> {
  const visit = (visitor: number) =>
    api(server, '/v1/events?source=website', {
      name: 'page_view',
      anonymousId: `live-${visitor}`,
      url: `https://www.example.com${LIVE_PATH}`,
      userAgent:
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
    })
  const browser = await launchChromium()
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies([{ name: 'almanac_session', value: session, url: server.url }])
    const page = await context.newPage()
    const filters = encodeURIComponent(JSON.stringify([['path', 'in', LIVE_PATH]]))
    await visit(0)
    await page.goto(`${server.url}/dashboards/overview?refresh=live&filters=${filters}`)
    const shown = (count: number) =>
      page
        .getByRole('article', { name: 'Visitors', exact: true })
        .first()
        .getByText(`${count}`, { exact: true })
        .first()
    await shown(1).waitFor()
    const waits: number[] = []
    for (let visitor = 1; visitor <= LIVE_EVENTS; visitor++) {
      await page.waitForTimeout(2000 + 137 * visitor)
      await visit(visitor)
      const answered = performance.now()
      await shown(visitor + 1).waitFor()
      waits.push(performance.now() - answered)
    }
    return waits
  } finally {
    await browser.close()
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
