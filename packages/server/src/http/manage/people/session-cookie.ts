import type { FastifyReply } from 'fastify'
import { SESSION_DAYS } from '../../../accounts/sign-in/sessions.ts'

export const SESSION_COOKIE = 'almanac_session'

/** `isSecure` is true where people come by https: a browser then never sends the cookie in the clear. */
export function setSessionCookie(reply: FastifyReply, token: string, isSecure: boolean): void {
  reply.setCookie(SESSION_COOKIE, token, { ...attributes(isSecure), maxAge: SESSION_DAYS * 24 * 60 * 60 })
}

export function clearSessionCookie(reply: FastifyReply, isSecure: boolean): void {
  reply.clearCookie(SESSION_COOKIE, attributes(isSecure))
}

function attributes(isSecure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const
}
