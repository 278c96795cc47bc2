import type { FastifyRequest } from 'fastify'

/** For routes that take what a form sends. A name that comes several times is a list. */
export function parseForm(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  const found: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URLSearchParams(body.toString())) {
    const before = found[name]
    found[name] = before === undefined ? value : [...[before].flat(), value]
  }
  done(null, found)
}
