import type { Environment } from '../../accounts/keys/api-key.ts'
import { healthReason } from '../../health/health-reason.ts'
import type { PreparedEvent, QuarantinedLine } from './batch.ts'

/** What a batch held of one source, for the health of the source. */
export interface SourceTally {
  readonly source: string
  readonly environment: Environment
  /** Events that came with an import: nobody has counted them on arrival. */
  readonly imported: number
  readonly duplicates: number
  readonly quarantined: readonly { readonly reason: string; readonly count: number }[]
}

type TalliedEvent = Pick<PreparedEvent, 'source' | 'environment' | 'importId'>

export function sourceTallies(
  events: readonly TalliedEvent[],
  duplicates: Iterable<TalliedEvent>,
  quarantined: readonly Pick<QuarantinedLine, 'source' | 'environment' | 'reason'>[],
): SourceTally[] {
  const tallies = new Map<string, { imported: number; duplicates: number; quarantined: Map<string, number> }>()
  const tallyOf = ({ source, environment }: { source: string; environment: string }) => {
    const key = `${environment} ${source}`
    const tally = tallies.get(key) ?? { imported: 0, duplicates: 0, quarantined: new Map<string, number>() }
    tallies.set(key, tally)
    return tally
  }
  for (const event of events) if (event.importId) tallyOf(event).imported++
  for (const event of duplicates) tallyOf(event).duplicates++
  for (const line of quarantined) {
    const { quarantined: reasons } = tallyOf(line)
    const reason = healthReason(line.reason)
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  return [...tallies].map(([key, { imported, duplicates, quarantined }]) => {
    const [environment, source] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)]
    const reasons = [...quarantined].map(([reason, count]) => ({ reason, count }))
    return { source, environment: environment as Environment, imported, duplicates, quarantined: reasons }
  })
}
