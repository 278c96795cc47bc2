import type { FastifyRequest } from 'fastify'

/** Before the paths of addresses that people are given: the public one, or else the one that was asked. */
export function publicBase(
  publicUrl: string | undefined,
  { protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>,
) {
  return (publicUrl ?? `${protocol}://${host}`).replace(/\/$/, '')
}
