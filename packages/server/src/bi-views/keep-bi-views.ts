import { createHash } from 'node:crypto'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import { quotedText } from '@almanac/core/sql/quoted-text.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { translateClickHouseError } from '../clickhouse/client.ts'
import { onCluster } from '../clickhouse/table-engines.ts'
import { type BiView, biViews } from './view-sql.ts'

export interface BiViewsDeps {
  /** Its database is the one in which tables are looked for. */
  readonly clickhouse: ClickHouseClient
  readonly place: { readonly cluster: string; readonly views: string }
}

export interface BiViewsState {
  readonly views: readonly string[]
  /** What could not be made, and why. */
  readonly problems: readonly { readonly view: string; readonly reason: string }[]
}

/**
 * Makes the views of these cubes: new ones, changed ones, and drops those of cubes that are gone. A view that stays as it is
 * is not touched, and neither is anything else in that database. One that cannot be made keeps no other from being made.
 */
export async function keepBiViews(definitions: readonly CubeDefinition[], deps: BiViewsDeps): Promise<BiViewsState> {
  const problems: BiViewsState['problems'][number][] = []
  const wanted = new Map<string, BiView>()
  for (const cube of definitions) {
    await trying(cube.name, problems, async () => {
      for (const view of biViews(cube)) wanted.set(view.name, view)
    })
  }
  await trying(deps.place.views, problems, async () => {
    const existing = await ourViews(deps)
    for (const view of wanted.values()) {
      if (existing.get(view.name) === markOf(view)) continue
      await trying(view.name, problems, () => makeView(view, deps))
    }
    for (const name of existing.keys()) {
      if (!wanted.has(name)) await trying(name, problems, () => dropView(name, deps))
    }
  })
  const failed = new Set(problems.map(({ view }) => view))
  return { views: [...wanted.keys()].filter((name) => !failed.has(name)), problems }
}

async function trying(
  view: string,
  problems: BiViewsState['problems'][number][],
  make: () => Promise<void>,
): Promise<void> {
  try {
    await make()
  } catch (error) {
    const known = error instanceof AppError ? error : translateClickHouseError(error)
    problems.push({ view, reason: known.message })
  }
}

const OURS = 'Made by Almanac'

/** Stands at the end of the comment: by it a view is known as ours, and as made of this text. */
function markOf(view: BiView): string {
  const hash = createHash('sha256').update(`${view.comment}\n${view.select}`).digest('hex').slice(0, 12)
  return `${OURS}, ${hash}.`
}

/** By name, with their marks. */
async function ourViews({ clickhouse, place }: BiViewsDeps): Promise<Map<string, string>> {
  await clickhouse.command({ query: `CREATE DATABASE IF NOT EXISTS ${place.views} ${onCluster(place.cluster)}` })
  const result = await clickhouse.query({
    query: `SELECT name, extract(comment, {mark:String}) AS mark FROM system.tables
      WHERE database = {views:String} AND engine = 'View' AND mark != ''`,
    query_params: { views: place.views, mark: `${OURS}, [0-9a-f]+\\.$` },
    format: 'JSONEachRow',
  })
  const rows = await result.json<{ name: string; mark: string }>()
  return new Map(rows.map(({ name, mark }) => [name, mark]))
}

/** With the rights of the user that made it, so that a reader needs a grant on the view alone. */
async function makeView(view: BiView, { clickhouse, place }: BiViewsDeps): Promise<void> {
  await clickhouse.command({
    query: `CREATE OR REPLACE VIEW ${place.views}.${view.name} ${onCluster(place.cluster)}
DEFINER = CURRENT_USER SQL SECURITY DEFINER AS ${view.select}
COMMENT ${quotedText(`${view.comment} ${markOf(view)}`)}`,
  })
}

async function dropView(name: string, { clickhouse, place }: BiViewsDeps): Promise<void> {
  await clickhouse.command({
    query: `DROP VIEW IF EXISTS ${place.views}.\`${name}\` ${onCluster(place.cluster)}`,
  })
}
