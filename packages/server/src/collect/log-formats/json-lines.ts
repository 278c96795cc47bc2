import { tooEarly } from '../events/event-time.ts'
import { draftNativeEvent } from '../events/native-events.ts'
import type { LogFormat } from './log-format.ts'

const DAY_MS = 86_400_000

/**
 * One native event a line, as `POST /v1/events` takes it. Here an event needs its `time`: the time of an import says
 * nothing about when things happened. For the same reason the clock is not corrected by `sentAt`.
 */
export const jsonLines: LogFormat = {
  label: 'JSON, one event a line, as POST /v1/events takes it; each with its time',

  parse(line, { nowMs, environment }) {
    const json = parseJson(line)
    if ('rejected' in json) return json
    const result = draftNativeEvent(json.value)
    if ('issues' in result) return { rejected: result.issues.map(issueText).join('; ') }

    const { draft, clientTimeMs } = result
    const problem = timeProblem(clientTimeMs, nowMs) ?? environmentProblem(result.environment, environment)
    return problem === undefined ? { draft } : { rejected: problem }
  },
}

function timeProblem(clientTimeMs: number | undefined, nowMs: number): string | undefined {
  if (clientTimeMs === undefined) return 'expected a time: an imported event without one has no place'
  if (clientTimeMs <= nowMs + DAY_MS) return tooEarly(clientTimeMs)
  return `expected a time before tomorrow, got ${new Date(clientTimeMs).toISOString()}`
}

function environmentProblem(ofEvent: string | undefined, ofImport: string): string | undefined {
  return ofEvent === undefined || ofEvent === ofImport
    ? undefined
    : `expected the import's environment, ${ofImport}, got ${ofEvent}`
}

function parseJson(line: string): { value: unknown } | { rejected: string } {
  try {
    return { value: JSON.parse(line) }
  } catch (error) {
    return { rejected: `expected JSON: ${(error as Error).message}` }
  }
}

function issueText({ path, message }: { path: readonly (string | number)[]; message: string }): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}
