import { PERSON_JOIN, PERSON_SQL } from '@almanac/core/cubes/sql/person-sql.ts'
import type { StretchPlan } from './stretches.ts'
import { GAP_MS, NOT_INTERACTIVE, PAGE_VIEWS, SIGNS_OF_LIFE, type VisitRule } from './visit-rule.ts'

/**
 * The visits of some persons on one source, made from raw events in one statement, which also takes away the visits that were
 * there before: they are inserted once more, marked as deleted, under a version that is one lower than that of the new ones. All
 * of it is one block and so one part: who reads the table sees all of the change or nothing.
 *
 * The names of environments and the numbers of persons and visits stand in the text, for there are too many of them for bound
 * parameters. They come from the tables, and are checked. The rest is bound: `source`, `version` and, for Matomo's rule, `zone`.
 */
export interface StatementText {
  readonly text: string
  readonly parameters: Record<string, unknown>
}

interface Purpose {
  readonly source: string
  readonly rule: VisitRule
  readonly version: number
}

/** Of some stretches of time of some persons. */
export function stretchesSql(purpose: Purpose, { stretches, replaced, neighbours }: StretchPlan): StatementText {
  const table = `format(TSV, 'environment String, person UInt64, first_ms Int64, last_ms Int64', '${stretches
    .map(({ environment, person, fromMs, toMs }) => [checked(environment), checked(person), fromMs, toMs].join('\t'))
    .join('\n')}')`
  const persons = 'SELECT person FROM stretches'
  const hours = [...new Set(stretches.flatMap(({ fromMs, toMs }) => hoursBetween(fromMs, toMs)))].sort((a, b) => a - b)
  const raw = rawItems(
    purpose.rule,
    `source = {source:String} AND visitor_id != 0
    AND toStartOfHour(occurred_at) IN (SELECT toDateTime(toUInt32(arrayJoin(${list(hours)})), 'UTC'))
    AND visitor_id IN (${persons} UNION ALL SELECT visitor_id FROM identities FINAL WHERE person_id IN (${persons}))`,
  )
  const items = `SELECT items.* FROM (${raw}) AS items
    INNER JOIN (SELECT environment AS in_environment, person AS in_person, first_ms, last_ms FROM stretches) AS stretch
      ON items.person = in_person AND items.environment = in_environment
    WHERE toUnixTimestamp64Milli(seen_from) BETWEEN first_ms AND last_ms`
  const old = (visits: StretchPlan['replaced']) => `source = {source:String}
    AND toStartOfHour(started_at) IN (SELECT toDateTime(toUInt32(arrayJoin(${hoursOf(visits)})), 'UTC'))
    AND visit_id IN (SELECT toUInt64(arrayJoin(${list(visits.map(({ visitId }) => checked(visitId)))})))`
  return statement(
    purpose,
    `WITH stretches AS (SELECT * FROM ${table})\n`,
    neighbours.length === 0 ? items : `${items} UNION ALL ${visitItems(old(neighbours))}`,
    replaced.length === 0 ? undefined : old(replaced),
  )
}

/** Of all time, of every person of one part of them all. */
export function rebuildSql(purpose: Purpose, part: number, parts: number): StatementText {
  const isIn = (person: string) => `cityHash64(${person}) % ${Number(parts)} = ${Number(part)}`
  return statement(
    purpose,
    '',
    rawItems(purpose.rule, `source = {source:String} AND visitor_id != 0 AND ${isIn(PERSON_SQL)}`),
    `source = {source:String} AND ${isIn('person_id')}`,
  )
}

/** How much one block holds: enough for a run of the largest size. */
export const ROWS_IN_ONE_BLOCK = 4_000_000

const CAMPAIGN = ['campaign_source', 'campaign_medium', 'campaign_name']
const FIRSTS = ['is_bot', 'referrer_host', ...CAMPAIGN, 'channel', 'country', 'browser', 'device_type']
const SUMS = ['events', 'page_views', 'interactions']
/** What a single event and a whole visit have in common, in this order. */
const ITEM = [
  'environment',
  'person',
  'seen_from',
  'started_at',
  'ended_at',
  'first_event_id',
  ...SUMS,
  'entry_page',
  'exit_page',
  ...FIRSTS,
]

function statement(
  { source, rule, version }: Purpose,
  head: string,
  items: string,
  replaced: string | undefined,
): StatementText {
  const isMatomo = rule.rule === 'matomo'
  const columns = [
    'source',
    ...ITEM.map((name) => (name === 'person' ? 'person_id' : name)),
    ...DERIVED,
    'version',
    'is_deleted',
  ]
  const made = `SELECT {source:String} AS source, ${ITEM.join(', ')},
  cityHash64({source:String}, environment, person, started_at, first_event_id) AS visit_id,
  intDiv(toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(started_at), 1000) AS duration_seconds,
  page_views = 1 AND interactions = 0 AS is_bounce,
  toUInt64({version:UInt64} + 1) AS version, 0 AS is_deleted
FROM (${groupedSql(isMatomo ? cutByCampaign(cutByTime(items, true)) : cutByTime(items, false), isMatomo)})`
  const gone = `SELECT ${columns.slice(0, -2).join(', ')}, {version:UInt64} AS version, 1 AS is_deleted
FROM visits FINAL WHERE ${replaced}`
  return {
    text: `INSERT INTO visits (${columns.join(', ')})
${head}${made}${replaced === undefined ? '' : `\nUNION ALL\n${gone}`}`,
    parameters: { source, version, ...(isMatomo && { zone: rule.timezone }) },
  }
}

const DERIVED = ['visit_id', 'duration_seconds', 'is_bounce']
const LAST_SEEN = `lagInFrame(ended_at, 1, toDateTime64(0, 3, 'UTC')) OVER in_order`
const IN_ORDER = 'ORDER BY seen_from, first_event_id ROWS BETWEEN UNBOUNDED PRECEDING AND'

/** `n` is the same for what no gap, and no midnight, parts. */
function cutByTime(items: string, atMidnight: boolean): string {
  const day = (time: string) => `toDate(${time}, {zone:String})`
  const cuts = [
    `toUnixTimestamp64Milli(seen_from) - toUnixTimestamp64Milli(${LAST_SEEN}) >= ${GAP_MS}`,
    ...(atMidnight ? [`${day('seen_from')} != ${day(LAST_SEEN)}`] : []),
  ]
  return `SELECT *, sum(is_cut) OVER (PARTITION BY environment, person ${IN_ORDER} CURRENT ROW) AS n
FROM (SELECT *, ${cuts.join(' OR ')} AS is_cut FROM (${items})
  WINDOW in_order AS (PARTITION BY environment, person ${IN_ORDER} CURRENT ROW))`
}

/** `m` parts what `n` holds together where the campaign becomes another than the last one. */
function cutByCampaign(cut: string): string {
  const campaign = `if(events > 0, [${CAMPAIGN.join(', ')}], ['', '', ''])`
  const before = `OVER (PARTITION BY environment, person, n ${IN_ORDER} 1 PRECEDING)`
  return `SELECT *, sum(is_other) OVER (PARTITION BY environment, person, n ${IN_ORDER} CURRENT ROW) AS m
FROM (SELECT *, ${campaign} AS campaign, arrayExists(text -> text != '', campaign) AS has_campaign,
    has_campaign AND sum(events) ${before} > 0
      AND if(countIf(has_campaign) ${before} = 0, ['', '', ''], anyLastIf(campaign, has_campaign) ${before}) != campaign AS is_other
  FROM (${cut}))`
}

function groupedSql(cut: string, hasCampaigns: boolean): string {
  const order = '(seen_from, first_event_id)'
  const firsts = FIRSTS.map((name, i) => `first.${i + 1} AS ${name}`)
  return `SELECT environment, person, first_seen AS seen_from, if(events = 0, first_seen, first_start) AS started_at, last_seen AS ended_at,
  first_id AS first_event_id, ${SUMS.map((name) => `sum_${name} AS ${name}`).join(', ')}, entry AS entry_page, exit AS exit_page, ${firsts.join(', ')}
FROM (
  SELECT environment, person, min(seen_from) AS first_seen, minIf(started_at, events > 0) AS first_start, max(ended_at) AS last_seen,
    argMin(first_event_id, (events = 0, seen_from, first_event_id)) AS first_id,
    ${SUMS.map((name) => `sum(${name}) AS sum_${name}`).join(', ')},
    argMinIf(entry_page, ${order}, page_views > 0) AS entry, argMaxIf(exit_page, ${order}, page_views > 0) AS exit,
    argMinIf(tuple(${FIRSTS.join(', ')}), ${order}, events > 0) AS first
  FROM (${cut}) GROUP BY environment, person, n${hasCampaigns ? ', m' : ''}
)`
}

/** Events as visits of one event each. */
function rawItems({ rule }: VisitRule, where: string): string {
  const isPage = `name IN (${quoted(PAGE_VIEWS)})`
  // Nobody has sent a visit that begins with a link of the site itself, such as after a pause.
  const channel = `if(channel = '' AND referrer_kind = 'internal', 'Direct', channel)`
  // By Matomo's rule, the campaign that anything else is owed to is not the one that it came by.
  const ofPages = rule === 'matomo' ? CAMPAIGN.map((name) => [name, `if(${isPage}, ${name}, '')`]) : []
  const values: Record<string, string> = {
    person: PERSON_SQL,
    seen_from: 'occurred_at',
    started_at: 'occurred_at',
    ended_at: 'occurred_at',
    first_event_id: 'event_id',
    events: `toUInt32(name NOT IN (${quoted(SIGNS_OF_LIFE)}))`,
    page_views: `toUInt32(${isPage})`,
    interactions: `toUInt32(name NOT IN (${quoted(NOT_INTERACTIVE)}) AND NOT ifNull(properties.interactive.:Bool = false, false))`,
    entry_page: `if(${isPage}, path, '')`,
    exit_page: `if(${isPage}, path, '')`,
    ...Object.fromEntries(ofPages),
    channel: rule === 'matomo' ? `if(${isPage}, ${channel}, '')` : channel,
  }
  const columns = ITEM.map((name) => (values[name] ? `${values[name]} AS ${name}` : name))
  return `SELECT ${columns.join(', ')} FROM events ${PERSON_JOIN} WHERE ${where}`
}

function visitItems(where: string): string {
  const columns = ITEM.map((name) => (name === 'person' ? 'person_id AS person' : name))
  return `SELECT ${columns.join(', ')} FROM visits FINAL WHERE ${where}`
}

const HOUR_MS = 3_600_000
const hourOf = (ms: number) => Math.floor(ms / HOUR_MS) * (HOUR_MS / 1000)

const hoursOf = (visits: StretchPlan['replaced']) =>
  list([...new Set(visits.map(({ startedAtMs }) => hourOf(startedAtMs)))])

function hoursBetween(fromMs: number, toMs: number): number[] {
  const first = Math.floor(fromMs / HOUR_MS)
  return Array.from({ length: Math.floor(toMs / HOUR_MS) - first + 1 }, (_, i) => (first + i) * (HOUR_MS / 1000))
}

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ')
// One text of many numbers instead of many literals: the parser's work stays small.
const list = (values: readonly (string | number)[]) => `splitByChar(',', '${values.join(',')}')`

/** What becomes a part of the statement's text is a number or a plain word. */
function checked(text: string): string {
  if (!/^\w+$/.test(text)) throw new Error(`expected a number or a word, got "${text}"`)
  return text
}
