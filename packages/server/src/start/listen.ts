import { AppError } from '@almanac/core/errors.ts'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/config.ts'

/** Resolves with the address that people on this machine use. */
export async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  await app.listen({ host, port }).catch((cause: NodeJS.ErrnoException) => {
    throw cannotListen(host, port, cause)
  })
  const address = app.server.address()
  const actualPort = typeof address === 'object' && address ? address.port : port
  return `http://${host === '127.0.0.1' ? 'localhost' : host}:${actualPort}`
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): AppError {
  if (cause.code === 'EADDRINUSE') {
    return new AppError('port_in_use', `Port ${port} on ${host} is in use by another program`, {
      hint: 'Stop that program, or choose another port with --port.',
      cause,
    })
  }
  return new AppError('invalid_config', `The server can't listen on ${host}, port ${port}: ${cause.message}`, {
    hint: 'Choose an address of this machine with --host and, without special rights, a port from 1024 on with --port.',
    cause,
  })
}
