import type { Issue } from '@almanac/core/errors.ts'
import { ENVIRONMENTS, type Environment } from '../../../accounts/keys/api-key.ts'
import type { RingSource } from '../../../accounts/sources/source-ring.ts'
import type {
  CollectedNativeEvent,
  DroppedEvent,
  InvalidEvent,
  NativeEventContext,
} from '../../../collect/events/native-events.ts'
import type { FilterReason } from '../../../collect/policy/admit.ts'
import { type CollectDeps, frameKind, frameSite } from '../collect-deps.ts'
import { encodeFrame } from '../frame.ts'
import type { EventTarget } from './event-target.ts'

/** One event as it goes to the log, or everything that is wrong with it, or why it is not wanted. */
export type CollectEvent = (
  input: unknown,
  context: Omit<NativeEventContext, 'visitors'>,
) => CollectedNativeEvent | InvalidEvent | DroppedEvent

export interface RejectedEvent {
  readonly index: number
  readonly issues: readonly Issue[]
}

interface CollectedEvents {
  readonly frames: readonly string[]
  /** Events in the frames. */
  readonly stored: Readonly<Record<Environment, number>>
  readonly rejected: readonly RejectedEvent[]
}

interface EventsOfRequest {
  readonly events: readonly unknown[]
  readonly target: EventTarget
  readonly source: RingSource
  readonly context: Omit<NativeEventContext, 'visitors' | 'source' | 'policy' | 'environment'>
}

/**
 * The events of a request, as frames for the log: one for each environment, as a frame says once whose its events are. What
 * is not in them is counted for the source's health here, and everything is shown to whoever watches the source.
 */
export function collectEvents(
  deps: Pick<CollectDeps, 'noteHealth' | 'debugHub'> & { readonly collectEvent: CollectEvent },
  { events, target, source, context }: EventsOfRequest,
): CollectedEvents {
  const { name, policy } = source
  const environment = target.environment ?? 'production'
  const { receivedAtMs } = context
  const lines: Record<Environment, string[]> = { production: [], sandbox: [] }
  const rejected: RejectedEvent[] = []
  const isWatched = deps.debugHub.isWatched(name)

  const reject = (index: number, issues: readonly Issue[]) => {
    rejected.push({ index, issues })
    const reason = issues.map(({ path, message }) => [...path, message].join(': ')).join('; ')
    deps.noteHealth(name, environment, 'rejected', 1, reason)
    return { reason }
  }
  const drop = (reason: FilterReason) => {
    deps.noteHealth(name, environment, 'filtered', 1, reason)
    return { reason: `filtered: ${reason}` }
  }
  const take = (index: number, input: unknown) => {
    const collected = deps.collectEvent(input, { ...context, source: name, policy, environment })
    if ('issues' in collected) return reject(index, collected.issues)
    if ('drop' in collected) return drop(collected.drop)
    if (target.environment !== undefined && collected.environment !== target.environment) {
      return reject(index, [otherEnvironment(target.environment)])
    }
    lines[collected.environment].push(JSON.stringify(collected.event))
    return collected.event
  }

  for (const [index, input] of events.entries()) {
    const understood = take(index, input)
    if (!isWatched) continue
    const raw = JSON.stringify(input) ?? ''
    deps.debugHub.show(name, { receivedAt: receivedAtMs, protocol: 'native', raw, understood })
  }

  const ofSource = { source: name, kind: frameKind(source), site: frameSite(source) }
  const header = { v: 1, ...ofSource, receivedAt: receivedAtMs, keyId: target.keyId } as const
  const frames = ENVIRONMENTS.filter((environment) => lines[environment].length > 0).map((environment) =>
    encodeFrame({ ...header, environment }, lines[environment]),
  )
  return { frames, stored: { production: lines.production.length, sandbox: lines.sandbox.length }, rejected }
}

function otherEnvironment(environment: Environment): Issue {
  return { path: ['environment'], message: `the key writes to ${environment} only` }
}
