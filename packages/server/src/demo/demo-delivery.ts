import type { SourceKind } from '@almanac/core/sources/source-settings.ts'
import { createImportApi, type ImportApi, type ServerAddress } from '../cli/import/import-api.ts'
import { createLineEncoder, type LineEncoder } from '../cli/import/read/line-encoder.ts'
import { LOG_FORMATS } from '../collect/log-formats/log-formats.ts'
import { OPEN_POLICY } from '../collect/policy/source-policy.ts'
import type { DemoEvent } from './demo-event.ts'

/**
 * How the demo's events reach the server: the history as lines of a `json-lines` import, what happens now through
 * `POST /v1/events`. Nothing about the demo is special to the server.
 */
export interface DemoDelivery {
  sendHistory(events: readonly DemoEvent[]): Promise<void>
  sendNow(events: readonly DemoEvent[]): Promise<void>
  /** Resolves when all of the history is in the tables. */
  finishHistory(): Promise<void>
}

interface OpenHistory {
  readonly importId: string
  readonly encoder: LineEncoder
  bytes: number
  lines: number
}

const POLL_MS = 100

export function createDemoDelivery(server: ServerAddress, signal: AbortSignal): DemoDelivery {
  const api = createImportApi(server, { signal, firstDelayMs: 200, giveUpAfterMs: 600_000, onWait: () => {} })
  const histories = new Map<string, Promise<OpenHistory>>()
  return {
    async sendHistory(events) {
      const [first] = events
      if (!first) return
      const environment = first.event.environment ?? 'production'
      const name = `${first.source} ${environment}`
      const history = histories.get(name) ?? openHistory(server, api, first.source, environment)
      histories.set(name, history)
      await sendLines(api, await history, events)
    },
    async sendNow(events) {
      for (const { source, event } of events) await postEvent(server, source, event, signal)
    },
    async finishHistory() {
      for (const history of histories.values()) {
        const { importId } = await history
        await api.finish(importId)
        while ((await api.state(importId)).pendingBytes > 0)
          await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    },
  }
}

async function openHistory(
  server: ServerAddress,
  api: ImportApi,
  source: DemoEvent['source'],
  environment: 'production' | 'sandbox',
): Promise<OpenHistory> {
  await makeSource(server, source)
  const request = { source, format: 'json-lines', fileName: 'demo', fingerprint: `demo ${environment}` }
  const { state, identityKey } = await api.open({ ...request, options: { environment } })
  const encoder = createLineEncoder({
    format: LOG_FORMATS['json-lines'],
    scope: { source, environment, identityKey, stream: '' },
    identity: 'stable',
    policy: OPEN_POLICY,
    saltsOf: async () => new Map(),
    fileName: 'demo',
    nowMs: Date.now(),
  })
  return { importId: state.id, encoder, bytes: state.acknowledgedBytes, lines: state.acknowledgedLines }
}

async function sendLines(api: ImportApi, history: OpenHistory, events: readonly DemoEvent[]): Promise<void> {
  const raw = events.map(({ event }) => {
    const text = JSON.stringify(event)
    const bytes = Buffer.from(text)
    const offset = history.bytes
    history.bytes += bytes.length + 1
    history.lines++
    const place = { number: history.lines, offset, endOffset: history.bytes }
    return { ...place, bytes, text, sizeBytes: bytes.length }
  })
  const encoded = (await history.encoder.encode(raw)).flatMap((line) => ('json' in line ? [line.json] : []))
  await api.send(history.importId, {
    body: encoded.join('\n'),
    lines: encoded.length,
    emptyLines: 0,
    filtered: {},
    rejected: [],
    endOffset: history.bytes,
    endLine: history.lines,
  })
}

const SOURCES: Record<DemoEvent['source'], { readonly label: string; readonly kind: SourceKind }> = {
  website: { label: 'Website', kind: 'website' },
  'mobile-app': { label: 'Mobile app', kind: 'app' },
}

/** It may be there: from the other environment, or from a start before this one. */
async function makeSource(server: ServerAddress, name: DemoEvent['source']): Promise<void> {
  const response = await fetch(new URL('/api/v1/sources', server.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, ...SOURCES[name] }),
  })
  if (!response.ok && response.status !== 409) {
    throw new Error(`the demo's source was answered ${response.status}: ${await response.text()}`)
  }
  await response.body?.cancel()
}

async function postEvent(server: ServerAddress, source: string, event: object, signal: AbortSignal): Promise<void> {
  const response = await fetch(new URL(`/v1/events?source=${source}`, server.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(event),
    signal,
  })
  if (!response.ok) throw new Error(`the demo's event was answered ${response.status}: ${await response.text()}`)
  await response.body?.cancel()
}
