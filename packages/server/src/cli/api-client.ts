import { AppError } from '@almanac/core/errors.ts'
import { ErrorAnswer } from '../http/error-reply.ts'

/** The server that a command talks to, with the local token, which has full rights. */
export interface ServerAddress {
  readonly url: string
  readonly token: string
}

/** Asks the server and answers with the text of its answer. A failure is thrown as the error that the server reported. A Blob is sent as it is. */
export async function callServer(server: ServerAddress, method: string, path: string, body?: object): Promise<string> {
  return (await askServer(server, method, path, body)).text()
}

/** The same for an answer that is read piece by piece. */
export async function askServer(server: ServerAddress, method: string, path: string, body?: object): Promise<Response> {
  const answer = await fetch(new URL(path, server.url), {
    method,
    headers: { authorization: `Bearer ${server.token}`, ...(body && { 'content-type': typeOf(body) }) },
    ...(body && { body: body instanceof Blob ? body : JSON.stringify(body) }),
  }).catch((cause: Error) => {
    const reason = cause.cause instanceof Error ? cause.cause.message : cause.message
    throw new AppError('engine_unavailable', `The server at ${server.url} does not answer: ${reason}`, { cause })
  })
  if (!answer.ok) throw reportedError(await answer.text(), answer.status)
  return answer
}

const typeOf = (body: object) => (body instanceof Blob ? 'application/octet-stream' : 'application/json')

function reportedError(text: string, status: number): Error {
  const parsed = ErrorAnswer.safeParse(jsonOrUndefined(text))
  if (!parsed.success) return new Error(`The server answered ${status}, and not in a way that is known here: ${text}`)
  const { code, message, hint, issues } = parsed.data.error
  return code === 'internal'
    ? new Error(`The server answered: ${message}. ${hint ?? ''}`)
    : new AppError(code, message, { hint, issues })
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
