import type { Touch } from './pending-visits.ts'
import { GAP_MS, type VisitRule, wholeDays } from './visit-rule.ts'

/**
 * Which part of a person's events has to be read again when some of them have changed, and which visits that replaces. A visit
 * that the change falls into is made anew from its events. One that only comes near it, within thirty minutes, need not be read:
 * it is taken as it is, as if it were one long event, and may become a part of a longer visit. So a visit that lasts for months
 * costs no more than its newest events.
 */
export interface Stretch {
  readonly environment: string
  readonly person: string
  /** Both included. */
  readonly fromMs: number
  readonly toMs: number
}

/** A visit as it is in the table. */
export interface OldVisit {
  readonly environment: string
  readonly person: string
  readonly visitId: string
  readonly seenFromMs: number
  readonly startedAtMs: number
  readonly endedAtMs: number
}

export interface StretchPlan {
  readonly stretches: readonly Stretch[]
  /** Visits that go: what takes their place comes from the stretches and from `neighbours`. */
  readonly replaced: readonly OldVisit[]
  /** Those of them that are taken as they are. */
  readonly neighbours: readonly OldVisit[]
}

type Span = Pick<Touch, 'environment' | 'person' | 'fromMs' | 'toMs'>

export function planStretches(touches: readonly Span[], visits: readonly OldVisit[], rule: VisitRule): StretchPlan {
  const visitsOf = Map.groupBy(visits, keyOf)
  const plans = [...Map.groupBy(touches, keyOf)].map(([key, ofPerson]) =>
    planPerson(ofPerson, visitsOf.get(key) ?? [], rule),
  )
  return {
    stretches: plans.flatMap(({ stretches }) => stretches),
    replaced: plans.flatMap(({ replaced }) => replaced),
    neighbours: plans.flatMap(({ neighbours }) => neighbours),
  }
}

/** How far around a change a visit can be that belongs to it. */
export function searchSpan<T extends Span>(touch: T, { rule, timezone }: VisitRule): T {
  const { fromMs, toMs } = touch
  if (rule === 'matomo') return { ...touch, ...wholeDays(fromMs, toMs, timezone) }
  return { ...touch, fromMs: fromMs - GAP_MS, toMs: toMs + GAP_MS }
}

const keyOf = ({ environment, person }: { environment: string; person: string }) => `${environment} ${person}`

function planPerson(touches: readonly Span[], visits: readonly OldVisit[], rule: VisitRule): StretchPlan {
  const touched = rule.rule === 'matomo' ? touches.map((touch) => searchSpan(touch, rule)) : touches
  const inside = visits.filter((visit) => touched.some((touch) => overlap(touch, spanOf(visit))))
  const stretches = united([...touched, ...inside.map(spanOf)])
  const insideIds = new Set(inside.map(({ visitId }) => visitId))
  const neighbours =
    rule.rule === 'matomo'
      ? []
      : visits.filter(
          (visit) => !insideIds.has(visit.visitId) && stretches.some((stretch) => isNear(spanOf(visit), stretch)),
        )
  return { stretches, replaced: [...inside, ...neighbours], neighbours }
}

const spanOf = ({ environment, person, seenFromMs, endedAtMs }: OldVisit): Stretch => ({
  environment,
  person,
  fromMs: seenFromMs,
  toMs: endedAtMs,
})

const overlap = (a: Span, b: Span) => a.fromMs <= b.toMs && b.fromMs <= a.toMs
const isNear = (a: Span, b: Span) => a.fromMs - b.toMs < GAP_MS && b.fromMs - a.toMs < GAP_MS

/** Spans of one person, in order and without overlap. */
function united(spans: readonly Span[]): Stretch[] {
  const result: Stretch[] = []
  for (const { environment, person, fromMs, toMs } of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = result.at(-1)
    if (last && fromMs <= last.toMs) result[result.length - 1] = { ...last, toMs: Math.max(last.toMs, toMs) }
    else result.push({ environment, person, fromMs, toMs })
  }
  return result
}
