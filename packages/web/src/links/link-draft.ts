import { LINK_LEVELS, type NewLink } from '../api/links.ts'

/** A link as it stands in the form; `parameters` has a line for each, `name=value`. */
export interface LinkDraft extends Omit<NewLink, 'parameters' | 'code'> {
  readonly code: string
  readonly parameters: string
}

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
  const levels = LINK_LEVELS.filter((level) => level !== 'network').map((level) => [level, draft[level]] as const)
  const left = [...levels, ...Object.entries(parametersOf(draft.parameters))].filter(([, value]) =>
    NETWORKS_OWN.test(value),
  )
  const query = left.map(([name, value]) => `${name}=${value}`).join('&')
  return `${server}/l/${draft.code.trim() || '…'}${query && `?${query}`}`
}

/** Left to the ad network, which fills it into the address: `{site_id}`, `{{campaign.name}}`, `[AD_ID]`, `__CAMPAIGN__`. */
const NETWORKS_OWN = /^(?:\$?\{[^{}]+\}|\{\{[^{}]+\}\}|\[[\w.-]+\]|__\w+__)$/

export interface TargetPart {
  readonly text: string
  /** Put there by a placeholder. */
  readonly isFilled: boolean
}

/** Where a click leads, in pieces: `{click_id}` and what the link itself knows are filled in. */
export function previewTarget(draft: LinkDraft): readonly TargetPart[] {
  const values = new Map([
    ...Object.entries(parametersOf(draft.parameters)),
    ...LINK_LEVELS.map((level) => [level, draft[level]] as const),
    ['click_id', EXAMPLE_CLICK_ID] as const,
  ])
  return draft.target.split(/(\{[\w.-]+\})/).flatMap((text, index): TargetPart[] => {
    if (text === '') return []
    if (index % 2 === 0) return [{ text, isFilled: false }]
    const value = values.get(text.slice(1, -1))?.trim()
    // Only a click can say what nobody has written here.
    return [{ text: value && !NETWORKS_OWN.test(value) ? encodeURIComponent(value) : text, isFilled: true }]
  })
}

const EXAMPLE_CLICK_ID = 'kQ2v8Xn4Tb1LwZ0yRm5cJg'
