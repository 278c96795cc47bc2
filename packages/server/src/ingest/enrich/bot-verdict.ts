import isbotPackage from 'isbot/package.json' with { type: 'json' }
import type { CollectedEvent, FrameHeader } from '../../collect/events/collected-event.ts'
import { isReferrerSpam } from './referrer-spam.ts'

/** Raised with every change of our own rules. */
const OWN_RULES = 1
/** By which rules an event was judged, so that a verdict of older ones can be told. */
export const BOT_RULES = `${OWN_RULES}, isbot ${isbotPackage.version}`

export interface BotVerdict {
  /** All that speaks against a person, with `; ` between; empty for people. */
  readonly reason: string
  /** Empty where nobody was to judge. */
  readonly rules: string
}

interface Evidence {
  readonly header: Pick<FrameHeader, 'kind'>
  readonly event: Pick<CollectedEvent, 'botHint'>
  /** Of the user agent and the client hints. */
  readonly agentReason: string
  readonly referrerHost: string
}

/** What servers and apps send is not judged: a program sent it, and that is as it should be. */
export function botVerdict({ header, event, agentReason, referrerHost }: Evidence): BotVerdict {
  if (header.kind === 'server') return NOT_JUDGED
  const isSpam = referrerHost !== '' && isReferrerSpam(referrerHost)
  if (!isSpam && event.botHint === undefined)
    return agentReason === '' ? PERSON : { reason: agentReason, rules: BOT_RULES }
  const reasons = [event.botHint, agentReason, isSpam ? `referrer spam: ${referrerHost}` : '']
  return { reason: reasons.filter(Boolean).join('; '), rules: BOT_RULES }
}

const NOT_JUDGED: BotVerdict = { reason: '', rules: '' }
const PERSON: BotVerdict = { reason: '', rules: BOT_RULES }
