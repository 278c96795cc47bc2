import type { ApiKey } from '../accounts/keys/api-key.ts'
import { collectNativeEvent } from '../collect/events/native-events.ts'
import { plainEventLine } from '../collect/events/plain-event-line.ts'
import { foreignByPolicy } from '../collect/policy/foreign-by-policy.ts'
import { OPEN_POLICY } from '../collect/policy/source-policy.ts'
import { PROTOCOLS } from '../collect/protocols/protocols.ts'
import type { AppDeps } from '../http/app.ts'
import type { ResolvedCredential } from '../http/collect/protocol-delivery.ts'
import type { Registers } from './open-registers.ts'

type Collecting = Pick<
  AppDeps,
  | 'verifyKey'
  | 'protocols'
  | 'resolveCredential'
  | 'collectEvent'
  | 'plainEventLine'
  | 'collectForeign'
  | 'sourceOf'
  | 'refreshSources'
>

/** How events of requests become events of the log. */
export function collecting({ keyRing, sourceNames, sourceRing, visitors, placeOf }: Registers): Collecting {
  return {
    verifyKey: keyRing.verify,
    protocols: PROTOCOLS,
    resolveCredential: (protocol, credential) =>
      credentialTarget(keyRing.verify(credential)) ?? sourceNames.find(protocol, credential),
    collectEvent: (input, context) => collectNativeEvent(input, { ...context, visitors, placeOf }),
    plainEventLine: (text, input, context) => plainEventLine(text, input, { ...context, visitors, placeOf }),
    collectForeign: (event, context) => {
      const { policy } = sourceRing.get(context.source) ?? { policy: OPEN_POLICY }
      return foreignByPolicy(policy, event, { ...context, visitors, placeOf })
    },
    sourceOf: sourceRing.get,
    refreshSources: sourceRing.refresh,
  }
}

/** A key that may only read is no way in, and neither is one without a source. */
function credentialTarget(key: ApiKey | undefined): ResolvedCredential | undefined {
  if (!key?.source || !key.scopes.includes('ingest')) return undefined
  return { source: key.source, environment: key.environment ?? 'production', keyId: key.id }
}
