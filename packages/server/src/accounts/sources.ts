import { AppError } from '@almanac/core/errors.ts'
import { asc, eq } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { sources } from '../postgres/schema.ts'

/** Where events come from: a website, an app, a server. Keys and imports write to one of them. */
export interface Source {
  readonly name: string
  readonly label: string
  readonly createdAt: Date
}

export async function listSources(db: NodePgDatabase): Promise<Source[]> {
  return db.select().from(sources).orderBy(asc(sources.name))
}

export async function createSource(db: NodePgDatabase, name: string, label: string): Promise<Source> {
  const [source] = await db.insert(sources).values({ name, label }).onConflictDoNothing().returning()
  if (source === undefined) throw new AppError('conflict', `There is a source ${name} already`)
  return source
}

export async function requireSource(db: NodePgDatabase, name: string): Promise<void> {
  const [source] = await db.select({ name: sources.name }).from(sources).where(eq(sources.name, name))
  if (source === undefined) {
    throw new AppError('not_found', `There is no source ${name}`, {
      hint: `Make it with: almanac sources create ${name}`,
    })
  }
}
