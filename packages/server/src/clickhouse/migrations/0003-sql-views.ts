import { onCluster } from '../table-engines.ts'
import type { MigrationContext } from './list.ts'

/**
 * What a person's own SQL may read. The views run with the rights of the user that made them, so that the reader needs
 * a grant on the views alone.
 */
export function sqlViews({ database, cluster }: MigrationContext): string[] {
  const views = sqlDatabase(database)
  const view = (name: string, query: string) =>
    `CREATE VIEW IF NOT EXISTS ${views}.${name} ${onCluster(cluster)} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS ${query}`
  return [
    `CREATE DATABASE IF NOT EXISTS ${views} ${onCluster(cluster)}`,
    view('events', `SELECT * FROM ${database}.events`),
    view('quarantine', `SELECT * FROM ${database}.quarantine FINAL`),
  ]
}

/** Beside `almanac` stands `almanac_sql`; the reader is granted what begins with that name. */
export function sqlDatabase(database: string): string {
  return database.replace(/^almanac/, 'almanac_sql')
}
