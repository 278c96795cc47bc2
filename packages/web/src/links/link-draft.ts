import { LEVELS } from '@almanac/core/links/channel.ts'
import { isNetworkPlaceholder } from '@almanac/core/links/network-placeholder.ts'
import { trackingUrl } from '@almanac/core/links/tracking-url.ts'
import type { LinkChange, NewLink, TrackingLink } from '../api/links.ts'

/** A link as it stands in the form; `parameters` has a line for each, `name=value`. */
export interface LinkDraft extends Omit<NewLink, 'parameters' | 'code'> {
  readonly code: string
  readonly parameters: string
}

export const EMPTY_DRAFT: LinkDraft = {
  code: '',
  source: '',
  environment: 'production',
  label: '',
  target: '',
  network: '',
  campaign: '',
  adgroup: '',
  creative: '',
  parameters: '',
}

export function draftOf(link: TrackingLink): LinkDraft {
  const { code, source, environment, label, target, network, campaign, adgroup, creative } = link
  const parameters = Object.entries(link.parameters).map(([name, value]) => `${name}=${value}`)
  return {
    ...{ code, source, environment, label, target, network, campaign, adgroup, creative },
    parameters: parameters.join('\n'),
  }
}

/** Only what the form has changed, so that what somebody else has changed meanwhile stays. */
export function linkChange(link: TrackingLink, draft: LinkDraft, isWorking: boolean): LinkChange {
  const before = draftOf(link)
  const texts = CHANGEABLE.filter((name) => draft[name] !== before[name]).map((name) => [name, draft[name]])
  return {
    ...Object.fromEntries(texts),
    ...(draft.parameters !== before.parameters && { parameters: parametersOf(draft.parameters) }),
    ...(isWorking !== (link.archivedAt === null) && { archived: !isWorking }),
  }
}

const CHANGEABLE = ['label', 'target', ...LEVELS] as const

export function linkOf({ code, parameters, ...draft }: LinkDraft): NewLink {
  return { ...draft, ...(code.trim() && { code: code.trim() }), parameters: parametersOf(parameters) }
}

function parametersOf(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => line.trim())
  return Object.fromEntries(lines.filter(Boolean).map(nameAndValue))
}

/** Only the first `=` parts them: a value may have others. */
function nameAndValue(line: string): [string, string] {
  const at = line.indexOf('=')
  return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
}

/** The address to give away, as far as it is known: a code that nobody chose is made by the server. */
export function previewUrl(server: string, draft: LinkDraft): string {
  return trackingUrl(server, { ...draft, code: draft.code.trim() || '…', parameters: parametersOf(draft.parameters) })
}

export interface TargetPart {
  readonly text: string
  /** Put there by a placeholder. */
  readonly isFilled: boolean
}

/** Where a click leads, in pieces: `{click_id}` and what the link itself knows are filled in. */
export function previewTarget(draft: LinkDraft): readonly TargetPart[] {
  const values = new Map([
    ...Object.entries(parametersOf(draft.parameters)),
    ...LEVELS.map((level) => [level, draft[level]] as const),
    ['click_id', EXAMPLE_CLICK_ID] as const,
  ])
  return draft.target.split(/(\{[\w.-]+\})/).flatMap((text, index): TargetPart[] => {
    if (text === '') return []
    if (index % 2 === 0) return [{ text, isFilled: false }]
    const value = values.get(text.slice(1, -1))?.trim()
    // Only a click can say what nobody has written here.
    return [{ text: value && !isNetworkPlaceholder(value) ? encodeURIComponent(value) : text, isFilled: true }]
  })
}

const EXAMPLE_CLICK_ID = 'kQ2v8Xn4Tb1LwZ0yRm5cJg'
