import type { WorkspaceAnswer } from '../../http/manage/data/workspace-routes.ts'
import type { Readiness } from '../../http/operate/health-routes.ts'
import type { StatusAnswer } from '../../http/operate/status-routes.ts'
import type { LogReport } from '../../log/verify-log.ts'
import { type WorkspaceError, workspaceErrorText } from '../../workspace/workspace-error.ts'
import { counted } from '../ask/format-rows.ts'
import { type Check, type Finding, fail, ok, warn } from './check.ts'

/** What the server knows about itself, and what its log looks like on disk. */
export interface ServerFacts {
  readonly status: StatusAnswer
  readonly readiness: Readiness
  readonly workspace: WorkspaceAnswer
  readonly verifyLog: () => Promise<LogReport>
}

export function serverChecks({ status, readiness, workspace, verifyLog }: ServerFacts): Check[] {
  return [
    { name: 'ClickHouse', run: () => checkEngine(status.engines.clickhouse, readiness.clickhouse) },
    { name: 'PostgreSQL', run: () => checkEngine(status.engines.postgres, readiness.postgres) },
    { name: 'log', run: () => checkLogState(status.log.state, readiness.log) },
    { name: 'log files', run: async () => checkLogFiles(await verifyLog()) },
    { name: 'ingest', run: () => checkIngest(status.ingest) },
    { name: 'cubes', run: () => checkCubes(status.cubes.touchedHours) },
    { name: 'tables of logs', run: () => checkLogTables(status.logTables) },
    { name: 'workspace', run: () => checkWorkspaceState(workspace) },
  ]
}

const SEE_LOGS = 'Look into logs/ of the data directory for the reason.'

export function checkEngine(engine: StatusAnswer['engines']['clickhouse'], readiness: string): Finding {
  const { state, restarts, problem } = engine
  if (readiness !== 'ok') return fail(readiness, SEE_LOGS)
  if (state !== 'ready' && state !== 'outside') {
    return fail(`it is ${state}${typeof problem === 'string' ? `: ${problem}` : ''}`, SEE_LOGS)
  }
  if (typeof restarts === 'number' && restarts > 0) {
    return warn(
      `it answers, and had to be started again ${counted(restarts, 'time')} since the server started`,
      SEE_LOGS,
    )
  }
  return ok(state === 'outside' ? 'it answers; it is an outside server' : 'it answers')
}

export function checkLogState(state: string, readiness: string): Finding {
  if (state === 'open') return ok('it takes events')
  return fail(`it takes no events: ${readiness}`, 'Make room on the disk, or wait until ingest has caught up.')
}

export function checkLogFiles({ segments, frames, bytes, damage }: LogReport): Finding {
  const size = [counted(segments, 'file'), counted(frames, 'frame'), counted(bytes, 'byte')].join(', ')
  if (damage.length === 0) return ok(`${size}, all intact`)
  const places = damage.map(({ from, to, reason }) => `${to - from} bytes at ${from} (${reason.replaceAll('_', ' ')})`)
  return fail(
    `${size}; damaged: ${places.join(', ')}`,
    'Check the disk. What lies after the damage is read, and the damaged bytes are kept in log/damaged.',
  )
}

const WORRYING_LAG_BYTES = 64 * 1024 * 1024

export function checkIngest({ lagBytes, lastError }: StatusAnswer['ingest']): Finding {
  if (lastError !== undefined && lagBytes > 0) return fail(`it fails: ${lastError}`, SEE_LOGS)
  const words = `${counted(lagBytes, 'byte')} of the log not in the tables yet`
  if (lagBytes > WORRYING_LAG_BYTES)
    return warn(words, 'Wait. If it does not get less, ClickHouse is too slow for what comes in.')
  return ok(lagBytes === 0 ? 'everything acknowledged is in the tables' : words)
}

const MANY_HOURS = 24 * 90

export function checkCubes(touchedHours: number | null): Finding {
  if (touchedHours === null) return warn('it is not known what is settled while PostgreSQL does not answer', SEE_LOGS)
  if (touchedHours === 0) return ok('every hour is settled')
  const words = `${counted(touchedHours, 'hour')} to be computed again; queries read the raw events of that time meanwhile`
  return touchedHours > MANY_HOURS ? warn(words, 'Wait. Queries are right, but slower until then.') : ok(words)
}

export function checkLogTables({ count, problem }: StatusAnswer['logTables']): Finding {
  if (problem === null) return ok(`${counted(count, 'table')} of log lines`)
  return warn(problem, 'Nothing is lost: ask the view events, or print fewer different names.')
}

export function checkWorkspaceState({ state, folder, errors, ...defined }: WorkspaceAnswer): Finding {
  const { cubes, endpoints, boards, segments } = defined
  const first = [counted(cubes.length, 'cube'), counted(endpoints.length, 'endpoint'), counted(boards.length, 'board')]
  const words = `${first.join(', ')} and ${counted(segments.length, 'segment')}`
  switch (state) {
    case 'none':
      return ok('there is none')
    case 'loaded':
      if (errors.length === 0) return ok(`${words} of ${folder}`)
      return warn(firstOf(errors), 'Correct the SQL of the cube; queries to it are refused until then.')
    case 'remembered':
      return warn(`${words}, as they were loaded last: no folder is named`, 'Start the server with --workspace DIR.')
    case 'failed':
      return warn(`${firstOf(errors)}; what was loaded before is in force`, 'Look at: almanac workspace check')
  }
}

function firstOf(errors: WorkspaceAnswer['errors']): string {
  const texts = errors.map((error) => workspaceErrorText(error as WorkspaceError))
  return texts.length > 1 ? `${texts[0]} (and ${texts.length - 1} more)` : (texts[0] ?? 'it has errors')
}
