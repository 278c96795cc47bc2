import { runCohorts } from '../cohorts/run-cohorts.ts'
import { explainChange } from '../explain/explain-change.ts'
import { explainNumber } from '../explain/explain-number.ts'
import { readPersons } from '../explain/read-persons.ts'
import { readRows } from '../explain/read-rows.ts'
import type { AppDeps } from '../http/app.ts'
import type { RunQueryDeps } from '../query/run-query.ts'

type Explaining = Pick<AppDeps, 'explainNumber' | 'explainRows' | 'explainPersons' | 'explainChange' | 'runCohorts'>

type WhileAlive = <T>(signal: AbortSignal, run: (signal: AbortSignal) => Promise<T>) => Promise<T>

/** What stands behind figures, and who came back. */
export function explaining(deps: RunQueryDeps, whileAlive: WhileAlive): Explaining {
  return {
    explainNumber: (request, signal) => whileAlive(signal, (alive) => explainNumber(deps, request, alive)),
    explainRows: (request, signal) => whileAlive(signal, (alive) => readRows(deps, request, alive)),
    explainPersons: (request, signal) => whileAlive(signal, (alive) => readPersons(deps, request, alive)),
    explainChange: (request, signal) => whileAlive(signal, (alive) => explainChange(deps, request, alive)),
    runCohorts: (request, signal) => whileAlive(signal, (alive) => runCohorts(deps, request, alive)),
  }
}
