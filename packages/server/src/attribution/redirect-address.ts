/**
 * Where a tracking link leads. Its target may hold placeholders, `{click_id}` or the name of a level or parameter, in path,
 * query and fragment. Only the text of a target decides about the host, and nothing that a request brings can be part of
 * that, so a link is no open redirect.
 */

const PLACEHOLDER = /\{([\w.-]+)\}/g
const MAX_PLACEHOLDERS = 20
const MAX_PASSED_ON_LENGTH = 8000

/** Makes of a target what is stored: browsers copy a brace as `%7B`. */
export function writtenTarget(text: string): string {
  return text.trim().replaceAll(/%7B([\w.-]+)%7D/gi, '{$1}')
}

/** What is wrong with a target, in words; undefined when it is good. */
export function targetProblem(target: string): string | undefined {
  const withoutPlaceholders = target.replaceAll(PLACEHOLDER, 'x')
  const authority = /^https?:\/\/([^/?#]+)/i.exec(target)?.[1]
  if (authority === undefined || !URL.canParse(withoutPlaceholders)) {
    return 'expected an address that begins with https:// or http://, such as https://example.com/app'
  }
  // A browser reads a backslash as a slash, and leaves line breaks out: the host would be another than it looks.
  if (/[\s\\\p{Cc}]/u.test(target)) return 'expected an address without spaces and backslashes'
  if (/[{}]/.test(authority)) return 'expected a host without placeholders: they may stand after it'
  if (authority.includes('@')) return 'expected an address without a user name'
  if (/[{}]/.test(withoutPlaceholders)) return 'expected placeholders such as {click_id}: a name in braces'
  const count = [...target.matchAll(PLACEHOLDER)].length
  return count > MAX_PLACEHOLDERS ? `expected at most ${MAX_PLACEHOLDERS} placeholders, got ${count}` : undefined
}

/**
 * The target with its placeholders filled; an unknown one is empty. `passedOn` is added to the query, except what the target
 * says itself. In ASCII.
 */
export function redirectAddress(
  target: string,
  fill: (placeholder: string) => string,
  passedOn: ReadonlyMap<string, string>,
): string {
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(.*)$/.exec(withPlayReferrer(target)) ?? []
  const parameters = query.split('&').filter((parameter) => parameter !== '')
  const filled = parameters.map((parameter) => filledParameter(parameter, fill))
  const added = addedParameters(parameters, passedOn)
  const all = [...filled, ...added].join('&')
  return new URL(filledText(path, fill) + (all && `?${all}`) + filledText(fragment, fill)).href
}

/** Google's store hands the `referrer` of its address over to the app that is installed, so the click goes there by itself. */
function withPlayReferrer(target: string): string {
  const { host, pathname, searchParams } = new URL(target)
  if (host !== 'play.google.com' || !pathname.startsWith('/store/apps/') || searchParams.has('referrer')) return target
  const [beforeFragment = '', ...fragment] = target.split('#')
  const separator = beforeFragment.includes('?') ? '&' : '?'
  return [beforeFragment + separator + PLAY_REFERRER, ...fragment].join('#')
}

const PLAY_REFERRER = `referrer=${[
  'click_id={click_id}',
  'utm_source={network}',
  'utm_campaign={campaign}',
  'utm_content={adgroup}',
  'utm_term={creative}',
].join('%26')}`

type Fill = (placeholder: string) => string

const encode = (value: string) => encodeURIComponent(value.toWellFormed())

function filledText(text: string, fill: Fill): string {
  return text.replaceAll(PLACEHOLDER, (_, name: string) => encode(fill(name)))
}

/** A parameter whose value is a query or an address of its own is read once more later, so what goes into it is encoded twice. */
function filledParameter(parameter: string, fill: Fill): string {
  if (!parameter.includes('{')) return parameter
  const at = parameter.indexOf('=')
  if (at < 0) return filledText(parameter, fill)
  const value = decoded(parameter.slice(at + 1))
  const isRead = value.includes('=')
  const filled = value.replaceAll(PLACEHOLDER, (_, name: string) => (isRead ? encode(fill(name)) : fill(name)))
  return `${filledText(parameter.slice(0, at), fill)}=${encode(filled)}`
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

function addedParameters(parameters: readonly string[], passedOn: ReadonlyMap<string, string>): string[] {
  const said = new Set(parameters.map((parameter) => decoded(parameter.split('=', 1)[0] ?? '')))
  let length = 0
  return [...passedOn].flatMap(([name, value]) => {
    if (said.has(name)) return []
    const parameter = `${encode(name)}=${encode(value)}`
    length += parameter.length + 1
    return length > MAX_PASSED_ON_LENGTH ? [] : [parameter]
  })
}
