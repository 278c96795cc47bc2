import { AppError } from '@almanac/core/errors.ts'
import type { Environment } from '../../../accounts/keys/api-key.ts'
import { mayUse, type Principal } from '../../access/access.ts'
import { accessRefusal } from '../../access/authorize.ts'

/** Where the events of a request go. Whether there is such a source is not looked at yet. */
export interface EventTarget {
  readonly source: string
  /** Undefined: each event says it. */
  readonly environment: Environment | undefined
  readonly keyId: string | undefined
}

/** Throws what is to be answered when whoever asks may not write, or not there. `asked` is the request's `?source=`. */
export function targetOf(principal: Principal | undefined, asked: string | undefined): EventTarget {
  if (principal === undefined || principal.kind === 'user' || !mayUse('ingest', principal)) {
    throw accessRefusal('ingest', principal)
  }
  if (principal.kind === 'local') return { ...named(asked), environment: undefined, keyId: undefined }

  const { key } = principal
  const target = { environment: key.environment ?? undefined, keyId: key.id }
  if (key.scopes.includes('admin') && asked !== undefined) return { ...target, source: asked }
  if (asked !== undefined && asked !== key.source) {
    throw new AppError('forbidden', `The key ${key.name} cannot write to the source ${asked}`, {
      hint: 'Leave ?source= out: an ingest key writes to its own source. Only a key with the scope admin may choose.',
    })
  }
  return { ...target, ...named(key.source ?? undefined) }
}

function named(source: string | undefined): { source: string } {
  if (source !== undefined) return { source }
  throw new AppError('invalid_request', 'It is not said which source the events belong to', {
    hint: 'Use an ingest key, which has a source, or add ?source=NAME.',
  })
}
