import type { FastifyInstance } from 'fastify'

// Styles may be inline because React Aria puts a <style> element of its own into the page. Scripts may not.
// Images and embedded pages are what people put on their boards: docs/decisions/0019-embedded-pages.md
const CONTENT_SECURITY_POLICY = [
  `default-src 'self'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data: https:`,
  // Our own, for the preview of a board that is to be embedded: nothing but /embed/* of us lets itself be framed.
  `frame-src 'self' https:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `object-src 'none'`,
  `base-uri 'none'`,
  `form-action 'self'`,
]

export const SECURITY_HEADERS = {
  'content-security-policy': [...CONTENT_SECURITY_POLICY, `frame-ancestors 'none'`].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const

const { 'x-frame-options': _, ...REST } = SECURITY_HEADERS

/** Of shared boards that are made to stand inside of pages of others, and of nothing else. */
const EMBEDDED_HEADERS = {
  ...REST,
  'content-security-policy': [...CONTENT_SECURITY_POLICY, 'frame-ancestors *'].join('; '),
}

/** Exactly these: another page of the app must not come into a frame by the beginning of its address. */
const EMBEDDED = /^\/embed\/[\w-]+\/?(\?|$)/
/** The addresses of shared boards are secrets, and nothing for search engines. */
const UNLISTED = /^\/(embed|public|invitations|password)\//

export function sendSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const headers = EMBEDDED.test(request.url) ? EMBEDDED_HEADERS : SECURITY_HEADERS
    reply.headers(headers).header('x-request-id', request.id)
    if (UNLISTED.test(request.url)) reply.headers({ 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' })
  })
}
