import type { ProtocolAnswer } from './protocol.ts'

export function json(status: number, value: unknown): ProtocolAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  }
}

export function text(status: number, body: string): ProtocolAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}
