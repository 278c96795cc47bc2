import { lookup as resolve } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { basename } from 'node:path'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { AppError } from '@almanac/core/errors.ts'
import { isPublicAddress } from './public-address.ts'

/**
 * Fetches a file from an address that somebody gave. The connection goes to the very address that was checked, at every redirect
 * anew, so that no name can lead to a machine inside after it was looked at.
 */
export interface FetchRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
  /** Also machines of the network that the server is in. */
  readonly arePrivateAllowed: boolean
  readonly signal: AbortSignal
}

export type Fetched =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'file'
      readonly fileName: string
      readonly body: AsyncIterable<Uint8Array>
      readonly etag: string | undefined
      readonly lastModified: string | undefined
    }

const MOST_REDIRECTS = 3
const QUIET_MS = 30_000

export async function fetchFile(request: FetchRequest): Promise<Fetched> {
  let url = checkedUrl(request.url)
  let headers = request.headers
  for (let redirects = 0; ; redirects++) {
    const answer = await send(url, headers, request)
    const status = answer.statusCode ?? 0
    if (status === 304) {
      answer.resume()
      return { kind: 'same' }
    }
    const { location } = answer.headers
    if (status >= 300 && status < 400 && location !== undefined) {
      answer.destroy()
      if (redirects >= MOST_REDIRECTS) throw failed(request.url, `it redirects more than ${MOST_REDIRECTS} times`)
      const next = checkedUrl(new URL(location, url).href)
      if (url.protocol === 'https:' && next.protocol === 'http:')
        throw failed(request.url, 'it redirects from https to http')
      // What is secret is for the machine that it was given for.
      if (next.origin !== url.origin) headers = {}
      url = next
      continue
    }
    if (status !== 200) {
      answer.destroy()
      throw failed(request.url, `it answered ${status} ${answer.statusMessage ?? ''}`.trim())
    }
    return {
      kind: 'file',
      fileName: fileNameOf(url, answer),
      body: decoded(answer),
      etag: answer.headers.etag,
      lastModified: answer.headers['last-modified'],
    }
  }
}

/** Throws `invalid_request` for what is no address of the web, or one with a user's name in it. */
export function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError(
      'invalid_request',
      `Expected an address such as https://example.com/sales.csv, got "${text.slice(0, 200)}"`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('invalid_request', 'Expected an address without a user name and password', {
      hint: 'Send them in a header instead: Authorization: Basic …',
    })
  }
  return url
}

/** The same text as the rule for whoever saves an address and for whoever fetches it. */
export async function refuseClosedAddress(url: URL, arePrivateAllowed: boolean): Promise<void> {
  if (arePrivateAllowed) return
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : await addressesOf(host)
  const closed = addresses.find((address) => !isPublicAddress(address))
  if (closed !== undefined) throw notPublic(host)
}

async function addressesOf(host: string): Promise<string[]> {
  const found = await resolve(host, { all: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('invalid_request', `The name ${host} is not known: ${cause.code ?? cause.message}`, { cause })
  })
  return found.map(({ address }) => address)
}

function notPublic(host: string): AppError {
  return new AppError('forbidden', `${host} is a machine of this server's own network, which is not asked for files`, {
    hint: 'Whoever runs the server can allow it with ALMANAC_UPLOAD_PRIVATE_ADDRESSES=true.',
  })
}

function send(url: URL, headers: Readonly<Record<string, string>>, request: FetchRequest): Promise<IncomingMessage> {
  const { etag, lastModified, arePrivateAllowed, signal } = request
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !arePrivateAllowed && !isPublicAddress(host)) throw notPublic(host)
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((answer, reject) => {
    const outgoing = start(url, {
      headers: {
        'user-agent': 'Almanac',
        accept: '*/*',
        'accept-encoding': 'gzip, deflate, br',
        ...headers,
        ...(etag !== undefined && { 'if-none-match': etag }),
        ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
      },
      agent: false,
      lookup: checkedLookup(arePrivateAllowed),
      signal,
      timeout: QUIET_MS,
    })
    outgoing.once('timeout', () => outgoing.destroy(failed(request.url, `it said nothing for ${QUIET_MS / 1000} s`)))
    outgoing.once('response', answer)
    outgoing.once('error', (error) => {
      reject(error instanceof AppError || signal.aborted ? error : failed(request.url, error.message, error))
    })
    outgoing.end()
  })
}

/** Resolves a name and hands out its addresses only if all of them may be reached. */
function checkedLookup(arePrivateAllowed: boolean): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }).then(
      (found) => {
        const isClosed = !arePrivateAllowed && found.some(({ address }) => !isPublicAddress(address))
        if (isClosed) return done(notPublic(host), '', 0)
        const [first] = found
        if (!first) return done(new Error(`${host} has no address`), '', 0)
        if (options.all) return done(null, found)
        done(null, first.address, first.family)
      },
      (error) => done(error, '', 0),
    )
  }
}

function decoded(answer: IncomingMessage): AsyncIterable<Uint8Array> {
  const decoder = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[answer.headers['content-encoding'] ?? '']
  if (!decoder) return answer
  const stream = decoder()
  answer.on('error', (error) => stream.destroy(error))
  return answer.pipe(stream)
}

/** As the answer calls it, or the end of the address. */
function fileNameOf(url: URL, { headers }: IncomingMessage): string {
  const said = /filename="?([^";]+)"?/i.exec(headers['content-disposition'] ?? '')?.[1]
  return basename(said ?? decodeURIComponentOr(url.pathname)).slice(0, 200) || url.hostname
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function failed(url: string, reason: string, cause?: unknown): AppError {
  const { origin, pathname } = new URL(url)
  return new AppError('query_failed', `The file at ${origin}${pathname} could not be fetched: ${reason}`, { cause })
}
