import type { IncomingMessage, ServerResponse } from 'node:http'

export async function bodyOf(request: IncomingMessage) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString() || '{}')
}

export function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export function refuse(response: ServerResponse, status: number, code: string, message: string, hint?: string): void {
  send(response, status, { error: { code, message, hint, requestId: 'fake-1' } })
}
