import { withRatioParts } from '@almanac/core/explain/ratio-parts.ts'
import type { RunQueryDeps } from '../query/run-query.ts'

/** The registry with the two parts of each ratio as measures of their own, which the same tables answer. */
export function withRatioTables({ definition, tables }: RunQueryDeps['registry']): RunQueryDeps['registry'] {
  return {
    definition: (name) => withRatioParts(definition(name)),
    tables: (name) => tables(name).map((table) => ({ ...table, definition: withRatioParts(table.definition) })),
  }
}
