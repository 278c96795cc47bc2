import { type Calendar, growthOn, isInOutage } from '../company/calendar.ts'
import { TITLES } from '../company/catalogue.ts'
import { DAY_MS } from '../company/epoch-day.ts'
import type { DemoEvent } from '../demo-event.ts'
import {
  answerOf,
  BLOG_PAGES,
  BROWSE_PAGES,
  DEAD_PAGES,
  HELP_PAGES,
  HOME,
  type Page,
  SITE_URL,
  titlePage,
} from '../people/web-page.ts'
import {
  countAround,
  exponential,
  PURPOSE,
  pick,
  pickWeighted,
  type Random,
  randomFor,
  wholeBetween,
} from '../random.ts'
import { BOT_AGENTS, type BotAgent } from './bot-agents.ts'

/** Robots know neither evenings nor weekends, and a growing site draws a few more of them. */
const RUNS_PER_DAY = 28

/** What a scanner tries on every site; nothing of it exists here. */
const SCANNED_PATHS = [
  '/wp-login.php',
  '/.env',
  '/.git/config',
  '/xmlrpc.php',
  '/admin/',
  '/phpmyadmin/',
  '/backup.zip',
]

export function botEventsOn(calendar: Calendar, epochDay: number): DemoEvent[] {
  const random = randomFor(PURPOSE.bots, epochDay, 0)
  const runs = countAround(random, RUNS_PER_DAY * growthOn(calendar, epochDay) ** 0.9)
  return Array.from({ length: runs }, (_, run) => {
    const startAt = Math.floor((epochDay + random()) * DAY_MS)
    return playBotRun(calendar, random, startAt, `bot-${epochDay.toString(36)}-${run.toString(36)}`)
  }).flat()
}

/** One robot's coming: a crawl, a check of the home page, a link preview, a scan for holes. */
export function playBotRun(calendar: Calendar, random: Random, startAt: number, key: string): DemoEvent[] {
  const agent = pickWeighted(random, BOT_AGENTS)
  const ip = `${pick(random, ['192.0.2', '198.51.100', '203.0.113'])}.${wholeBetween(random, 1, 254)}`
  let at = startAt
  return Array.from({ length: requestsOf(random, agent) }, (_, n) => {
    at += 300 + exponential(random, agent.habit === 'scan' ? 400 : 20_000)
    const { path, status, sizeKb } = requestOf(random, agent, isInOutage(calendar, at))
    const event = {
      id: `${key}-${n.toString(36)}`,
      name: 'page_view',
      time: Math.floor(at),
      url: SITE_URL + path,
      userAgent: agent.userAgent,
      ip,
      method: 'GET',
      status,
      ...answerOf(random, status, sizeKb),
    }
    return { source: 'website', receivedAt: event.time + wholeBetween(random, 20, 90), event }
  })
}

function requestsOf(random: Random, { habit }: BotAgent): number {
  if (habit === 'crawl') return wholeBetween(random, 3, 18)
  return habit === 'scan' ? wholeBetween(random, 5, 14) : wholeBetween(random, 1, 3)
}

function requestOf(random: Random, { habit }: BotAgent, isDown: boolean) {
  if (habit === 'scan') return { path: pick(random, SCANNED_PATHS), status: isDown ? 503 : 404, sizeKb: 6 }
  const shown = habit === 'monitor' ? HOME : pageFor(random)
  const isDead = DEAD_PAGES.includes(shown)
  return { path: shown.path, status: isDown && random() < 0.6 ? 503 : isDead ? 404 : 200, sizeKb: shown.sizeKb }
}

function pageFor(random: Random): Page {
  const chance = random()
  if (chance < 0.6) return titlePage(pick(random, TITLES))
  if (chance < 0.75) return pick(random, BROWSE_PAGES)
  if (chance < 0.85) return pick(random, BLOG_PAGES)
  if (chance < 0.92) return pick(random, HELP_PAGES)
  return chance < 0.96 ? HOME : pick(random, DEAD_PAGES)
}
