import type { ClickHouseClient } from '@clickhouse/client'
import { translateClickHouseError } from '../clickhouse/client.ts'
import { type ExportDeps, exportPerson } from './export-person.ts'
import { type Person, type PersonDeps, type PersonKey, resolvePerson } from './person.ts'
import { type EventSummary, summarizeEvents } from './person-events.ts'

export interface People {
  find(key: PersonKey): Promise<FoundPerson>
  /** Lines of JSON; see `exportPerson`. */
  export(key: PersonKey, signal: AbortSignal): AsyncGenerator<string>
}

export type FoundPerson = EventSummary & { readonly person: Person }

export interface PeopleDeps extends PersonDeps, ExportDeps {
  readonly clickhouse: ClickHouseClient
}

export function createPeople(deps: PeopleDeps): People {
  return {
    find: async (key) => {
      const person = await resolvePerson(key, deps)
      const summary = await summarizeEvents(deps.clickhouse, person).catch((error) => {
        throw translateClickHouseError(error)
      })
      return { person, ...summary }
    },
    export: async function* (key, signal) {
      yield* exportPerson(deps, await resolvePerson(key, deps), signal)
    },
  }
}
