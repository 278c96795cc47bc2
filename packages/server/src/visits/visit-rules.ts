import type { Pool } from 'pg'
import { STANDARD_RULE, type VisitRule } from './visit-rule.ts'

/** The rules that the sources' settings say; a source that is not among them has the standard rule. */
export type VisitRules = ReadonlyMap<string, VisitRule>

export async function readRules(pool: Pool): Promise<VisitRules> {
  const { rows } = await pool.query<{ source: string; rule: string; timezone: string }>(
    `SELECT name AS source, settings->>'visitRule' AS rule, coalesce(settings->>'timezone', 'UTC') AS timezone FROM sources
     WHERE settings->>'visitRule' = 'matomo'`,
  )
  return new Map(rows.map(({ source, timezone }) => [source, { rule: 'matomo', timezone }]))
}

export const ruleOf = (rules: VisitRules, source: string) => rules.get(source) ?? STANDARD_RULE

/** Sources whose visits were made by another rule than they have now. The standard rule knows no time zone. */
export async function sourcesWithNewRules(pool: Pool, rules: VisitRules): Promise<string[]> {
  const { rows } = await pool.query<{ source: string; rule: string; timezone: string }>(
    'SELECT source, rule, timezone FROM visit_rules',
  )
  const applied = new Map(rows.map(({ source, ...rule }) => [source, rule]))
  const sources = [...new Set([...rules.keys(), ...applied.keys()])]
  return sources.filter((source) => {
    const [now, before] = [ruleOf(rules, source), applied.get(source) ?? STANDARD_RULE]
    return now.rule !== before.rule || (now.rule === 'matomo' && now.timezone !== before.timezone)
  })
}

export async function noteRule(pool: Pool, source: string, { rule, timezone }: VisitRule): Promise<void> {
  await pool.query(
    `INSERT INTO visit_rules (source, rule, timezone) VALUES ($1, $2, $3)
     ON CONFLICT (source) DO UPDATE SET rule = excluded.rule, timezone = excluded.timezone`,
    [source, rule, timezone],
  )
}
