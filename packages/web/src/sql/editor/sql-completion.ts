import type { SqlSchema } from '../../api/sql.ts'

/** What the editor offers while somebody types: names with what they are. */
export interface Offer {
  readonly label: string
  readonly type: 'type' | 'property' | 'function' | 'keyword' | 'namespace' | 'variable'
  readonly detail?: string
  readonly info?: string
  /** What is written instead of the label. */
  readonly apply?: string
  /** Above or below the others. */
  readonly boost?: number
}

export interface Offers {
  /** Everywhere. */
  readonly all: readonly Offer[]
  /** After `FROM` and `JOIN`, where hardly anything else stands. */
  readonly tables: readonly Offer[]
  /** After `name.`: the columns of a table, or the tables of a database. */
  readonly of: ReadonlyMap<string, readonly Offer[]>
}

export function offersOf({ databases, cubes, functions }: SqlSchema): Offers {
  const of = new Map<string, readonly Offer[]>()
  const tables: Offer[] = []
  for (const { name: database, isDefault, tables: own } of databases) {
    of.set(
      database,
      own.map(({ name, comment }) => ({ label: name, type: 'type', ...(comment && { info: comment }) })),
    )
    for (const { name, comment, columns } of own) {
      const label = isDefault ? name : `${database}.${name}`
      const detail = isDefault ? 'table' : database
      tables.push({ label, type: 'type', detail, ...(comment && { info: comment }), boost: isDefault ? 3 : 0 })
      const offers = columns.map((column) => columnOffer(column))
      of.set(name, offers)
      of.set(`${database}.${name}`, offers)
    }
  }
  const keywords = KEYWORDS.map((label): Offer => ({ label, type: 'keyword', boost: 1 }))
  const called = functions.map(
    ({ name, isAggregate, syntax }): Offer => ({
      label: name,
      type: 'function',
      apply: `${name}(`,
      detail: isAggregate ? 'aggregate' : '',
      ...(syntax && { info: syntax }),
      boost: isAggregate ? 0 : -1,
    }),
  )
  const cubeOffers = cubes.map(
    ({ name, label, description }): Offer => ({
      label: `bi.${name}_rows`,
      type: 'type',
      detail: `cube ${label}`,
      ...(description && { info: description }),
      boost: 1,
    }),
  )
  const known = new Set(tables.map(({ label }) => label))
  const readable = [...tables, ...cubeOffers.filter(({ label }) => !known.has(label))]
  return { all: [...readable, ...keywords, ...called], tables: readable, of }
}

/** For the word that stands or will stand behind `before`: after `FROM` and the like that is a table. */
export function offersFor(before: string, sql: string, offers: Offers): readonly Offer[] {
  if (/\b(?:from|join|describe|into)\s+$/i.test(before)) return offers.tables
  return [...columnsInUse(sql, offers), ...offers.all]
}

/** The columns of the tables that the statement reads, which are offered first. */
export function columnsInUse(sql: string, { of }: Offers): Offer[] {
  const names = [...sql.matchAll(/\b(?:from|join)\s+([\w.`"]+)/gi)].map(([, name = '']) => name.replaceAll(/[`"]/g, ''))
  const found = new Map<string, Offer>()
  for (const name of names) {
    for (const offer of of.get(name) ?? []) if (!found.has(offer.label)) found.set(offer.label, offer)
  }
  return [...found.values()].map((offer) => ({ ...offer, boost: 5 }))
}

/** `FROM events AS e`: after `e.` come the columns of `events`. */
export function offersAfter(name: string, sql: string, { of }: Offers): readonly Offer[] {
  const direct = of.get(name)
  if (direct) return direct
  for (const [, table = '', alias = ''] of sql.matchAll(/\b(?:from|join)\s+([\w.`"]+)\s+(?:as\s+)?(\w+)/gi)) {
    if (alias === name) return of.get(table.replaceAll(/[`"]/g, '')) ?? []
  }
  return []
}

function columnOffer({ name, type, comment }: { name: string; type: string; comment: string }): Offer {
  return { label: name, type: 'property', detail: type, ...(comment && { info: comment }), boost: 2 }
}

const KEYWORDS = [
  'SELECT',
  'DISTINCT',
  'FROM',
  'WHERE',
  'PREWHERE',
  'GROUP BY',
  'HAVING',
  'ORDER BY',
  'LIMIT',
  'LIMIT BY',
  'WITH',
  'AS',
  'JOIN',
  'LEFT JOIN',
  'INNER JOIN',
  'ANY LEFT JOIN',
  'ASOF JOIN',
  'ARRAY JOIN',
  'USING',
  'ON',
  'UNION ALL',
  'AND',
  'OR',
  'NOT',
  'IN',
  'BETWEEN',
  'LIKE',
  'ILIKE',
  'IS NULL',
  'IS NOT NULL',
  'CASE',
  'WHEN',
  'THEN',
  'ELSE',
  'END',
  'ASC',
  'DESC',
  'INTERVAL',
  'OVER',
  'PARTITION BY',
  'WITH TOTALS',
  'WITH ROLLUP',
  'WITH FILL',
  'SETTINGS',
  'FINAL',
  'SAMPLE',
  'SHOW TABLES',
  'DESCRIBE',
]
