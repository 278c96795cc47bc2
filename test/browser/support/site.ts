import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A website on a port of its own: another origin than the server that counts its visitors. */
export interface Site extends AsyncDisposable {
  readonly url: string
  /** What the pages sent to the addresses that are passed on, in order. */
  readonly passedOn: readonly PassedOn[]
  /** The next events that are passed on arrive, and the answers are lost on the way back. */
  loseAnswers(count: number): void
}

interface PassedOn {
  readonly method: string
  readonly path: string
  readonly contentType: string | undefined
  readonly body: string
}

interface SiteOptions {
  /** By path; what is not here is not found, with the page of the path `404` if there is one. */
  readonly pages: Readonly<Record<string, string>>
  /** Where a path of the site is passed on to, as a user's proxy does. */
  readonly passOn?: Readonly<Record<string, string>>
}

export async function startSite({ pages, passOn = {} }: SiteOptions): Promise<Site> {
  const passedOn: PassedOn[] = []
  let answersToLose = 0
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const target = passOn[path]
    if (target !== undefined) {
      const body = await bodyOf(request)
      const { method = 'GET', headers } = request
      passedOn.push({ method, path, contentType: headers['content-type'], body })
      const answer = await fetch(target, { method, headers: forwarded(request), ...(body !== '' && { body }) })
      const isLost = method === 'POST' && answersToLose > 0
      if (isLost) answersToLose -= 1
      response.writeHead(isLost ? 503 : answer.status, {
        'content-type': answer.headers.get('content-type') ?? '',
        'access-control-allow-origin': '*',
      })
      response.end(await answer.text())
      return
    }
    const page = pages[path]
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': typeOf(path) })
    response.end(page ?? pages['404'] ?? '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    passedOn,
    loseAnswers: (count) => {
      answersToLose = count
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return body
}

function forwarded({ headers }: IncomingMessage): Record<string, string> {
  const names = ['content-type', 'user-agent', 'accept-language', 'origin'] as const
  return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])))
}

function typeOf(path: string): string {
  if (path.endsWith('.js')) return 'text/javascript'
  return path.endsWith('.pdf') ? 'application/pdf' : 'text/html; charset=utf-8'
}
