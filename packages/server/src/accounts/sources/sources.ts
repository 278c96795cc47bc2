import { AppError } from '@almanac/core/errors.ts'
import {
  HostNames,
  type SourceKind,
  SourceSettings,
  type SourceSettingsChange,
} from '@almanac/core/sources/source-settings.ts'
import { asc, eq, sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { sources } from '../../postgres/schema.ts'

/** Where events come from: a website, an app, a server. Keys and imports write to one of them. */
export interface Source {
  readonly name: string
  readonly label: string
  readonly kind: SourceKind
  readonly settings: SourceSettings
  readonly createdAt: Date
}

export interface NewSource {
  readonly name: string
  readonly label: string
  readonly kind?: SourceKind | undefined
  readonly settings?: SourceSettingsChange | undefined
}

export interface SourceChange {
  readonly label?: string | undefined
  readonly kind?: SourceKind | undefined
  readonly settings?: SourceSettingsChange | undefined
}

export async function listSources(db: NodePgDatabase): Promise<Source[]> {
  const rows = await db.select().from(sources).orderBy(asc(sources.name))
  return rows.map(toSource)
}

export async function findSource(db: NodePgDatabase, name: string): Promise<Source> {
  const [row] = await db.select().from(sources).where(eq(sources.name, name))
  if (row === undefined) throw noSource(name)
  return toSource(row)
}

export async function createSource(db: NodePgDatabase, source: NewSource): Promise<Source> {
  const [row] = await db.insert(sources).values(source).onConflictDoNothing().returning()
  if (row === undefined) throw new AppError('conflict', `There is a source ${source.name} already`)
  return toSource(row)
}

/** What is not said stays as it is; two changes of different settings at once both hold. */
export async function changeSource(
  db: NodePgDatabase,
  name: string,
  { label, kind, settings }: SourceChange,
): Promise<Source> {
  const [row] = await db
    .update(sources)
    .set({
      name,
      ...(label !== undefined && { label }),
      ...(kind !== undefined && { kind }),
      ...(settings !== undefined && { settings: sql`${sources.settings} || ${JSON.stringify(settings)}::jsonb` }),
    })
    .where(eq(sources.name, name))
    .returning()
  if (row === undefined) throw noSource(name)
  return toSource(row)
}

/** Two imports that name hosts at once are both remembered. */
export async function rememberSiteHosts(db: NodePgDatabase, name: string, hosts: readonly string[]): Promise<void> {
  await db.transaction(async (transaction) => {
    const [row] = await transaction.select().from(sources).where(eq(sources.name, name)).for('update')
    if (row === undefined) throw noSource(name)
    const { siteHosts } = toSource(row).settings
    const all = [...new Set([...siteHosts, ...hosts])]
    if (all.length === siteHosts.length) return
    const checked = HostNames.safeParse(all)
    if (!checked.success) throw new AppError('invalid_request', `The source ${name} would have too many hosts`)
    const change = sql`${sources.settings} || ${JSON.stringify({ siteHosts: all })}::jsonb`
    await transaction.update(sources).set({ settings: change }).where(eq(sources.name, name))
  })
}

export async function requireSource(db: NodePgDatabase, name: string): Promise<void> {
  await findSource(db, name)
}

function noSource(name: string): AppError {
  return new AppError('not_found', `There is no source ${name}`, {
    hint: `Make it with: almanac sources create ${name}`,
  })
}

function toSource({ name, label, kind, settings, createdAt }: typeof sources.$inferSelect): Source {
  return { name, label, kind, settings: SourceSettings.parse(settings), createdAt }
}
