import type { ClickHouseClient } from '@clickhouse/client'
import { translateClickHouseError } from '../clickhouse/client.ts'
import { clickhouseTime } from '../clickhouse/time-text.ts'
import { installsByName, type NamedInstalls } from './installs-by-name.ts'
import { LINK_CLICK } from './link-click.ts'
import type { TrackingLink } from './tracking-link.ts'

/**
 * What came of the links, from the stored events alone. An install belongs to a link
 *
 * 1. by the id of the click, when it brings one back within seven days of that click, else
 * 2. by the names of network, campaign, adgroup and creative, which is how adjust tells what it attributed itself.
 *
 * Not by address and device: phones of one household or company share both, so that would count for links what is not theirs.
 */
export interface LinkFigures {
  /** Bots and prefetching browsers left out. */
  readonly clicks: number
  readonly uniqueClicks: number
  readonly installs: number
}

/** Half-open, in milliseconds since 1970. */
export interface FiguresRange {
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
}

const ATTRIBUTION_WINDOW_DAYS = 7

/** What the clients call the first start of an app: adjust and our own, Segment, Firebase, Mixpanel. */
const INSTALL_NAMES = ['install', 'app_installed', 'Application Installed', 'first_open', '$ae_first_open']

/** By code. `links` are all links of their sources, or installs by name may be given to the wrong one. */
export async function linkFigures(
  clickhouse: ClickHouseClient,
  links: readonly TrackingLink[],
  range: FiguresRange = {},
): Promise<ReadonlyMap<string, LinkFigures>> {
  if (links.length === 0) return new Map()
  const parameters = {
    sources: [...new Set(links.map(({ source }) => source))],
    from: clickhouseTime(range.fromMs ?? 0),
    to: clickhouseTime(range.toMs ?? LATEST_MS),
    click: LINK_CLICK,
    installs: INSTALL_NAMES,
    days: ATTRIBUTION_WINDOW_DAYS,
  }
  const [clicks, installs] = await Promise.all([
    ask<ClicksRow>(clickhouse, CLICKS_SQL, parameters),
    ask<InstallsRow>(clickhouse, INSTALLS_SQL, parameters),
  ])
  const clicksOf = new Map(clicks.map((row) => [row.link, row]))
  const byClick = new Map(installs.filter(({ link }) => link !== '').map((row) => [row.link, row.installs]))
  const byName = installsByName(
    links,
    installs.filter(({ link }) => link === ''),
  )
  return new Map(
    links.map(({ code }) => [
      code,
      {
        clicks: clicksOf.get(code)?.clicks ?? 0,
        uniqueClicks: clicksOf.get(code)?.uniqueClicks ?? 0,
        installs: (byClick.get(code) ?? 0) + (byName.get(code) ?? 0),
      },
    ]),
  )
}

const LATEST_MS = Date.UTC(2100, 0)

interface ClicksRow {
  readonly link: string
  readonly clicks: number
  readonly uniqueClicks: number
}

/** `link` is empty where no click is known: then the names count. */
interface InstallsRow extends NamedInstalls {
  readonly link: string
}

const IN_RANGE = `source IN {sources:Array(String)}
  AND occurred_at >= {from:DateTime64(3, 'UTC')} AND occurred_at < {to:DateTime64(3, 'UTC')}`
const LINK = `ifNull(properties.link::Nullable(String), '')`

const CLICKS_SQL = `
SELECT ${LINK} AS link, count() AS clicks, uniqExactIf(visitor_id, visitor_id != 0) AS uniqueClicks
FROM events WHERE name = {click:String} AND NOT is_bot AND ${IN_RANGE}
GROUP BY link`

/** In a parameter of its own, or in the text that a store handed over, which may be encoded or JSON. */
const BROUGHT_BACK = `if(
    match(ifNull(properties.click_id::Nullable(String), ''), '^[0-9A-Za-z_-]{22}$'),
    properties.click_id::String,
    extract(
      concat(
        referrer, ' ', ifNull(properties.referrer::Nullable(String), ''), ' ',
        ifNull(properties.install_referrer::Nullable(String), ''), ' ',
        ifNull(properties.callback_params::Nullable(String), '')
      ),
      'click_id(?:=|%3D|%253D|"\\\\s*:\\\\s*")([0-9A-Za-z_-]{22})'
    )
  )`

/**
 * A click that led to several installs, or one that two clients tell of, counts once, and so does a device by its names.
 * No lower bound for an install's time: its clock may be behind ours, and it cannot know an id before the click.
 */
const INSTALLS_SQL = `
WITH installs AS (
  SELECT source, environment, occurred_at, campaign_source, campaign_name, campaign_content, campaign_term,
    if(anonymous_id = '', toString(event_id), anonymous_id) AS device,
    ${BROUGHT_BACK} AS click_id
  FROM events WHERE name IN {installs:Array(String)} AND ${IN_RANGE}
), clicks AS (
  SELECT source, environment, message_id AS click_id, occurred_at AS clicked_at, ${LINK} AS clicked_link
  FROM events
  WHERE name = {click:String} AND source IN {sources:Array(String)}
    AND occurred_at >= {from:DateTime64(3, 'UTC')} - toIntervalDay({days:UInt8})
    AND message_id IN (SELECT click_id FROM installs WHERE click_id != '')
)
SELECT
  if(occurred_at < clicked_at + toIntervalDay({days:UInt8}), clicked_link, '') AS link,
  source, environment,
  if(link = '', campaign_source, '') AS network,
  if(link = '', campaign_name, '') AS campaign,
  if(link = '', campaign_content, '') AS adgroup,
  if(link = '', campaign_term, '') AS creative,
  uniqExact(if(link = '', device, click_id)) AS installs
FROM installs LEFT ANY JOIN clicks USING (source, environment, click_id)
GROUP BY ALL
HAVING link != '' OR network != ''`

async function ask<Row>(clickhouse: ClickHouseClient, query: string, parameters: Record<string, unknown>) {
  try {
    const result = await clickhouse.query({
      query,
      query_params: parameters,
      format: 'JSON',
      clickhouse_settings: {
        max_execution_time: 30,
        output_format_json_quote_64bit_integers: 0,
        cancel_http_readonly_queries_on_client_close: 1,
      },
    })
    return (await result.json<Row>()).data
  } catch (error) {
    throw translateClickHouseError(error)
  }
}
