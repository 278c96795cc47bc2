import type { Channel } from '@almanac/core/links/channel.ts'
import type { Environment } from '../accounts/keys/api-key.ts'

/** An address of ours that counts whoever follows it, for one source in one environment, and sends them on to `target`. */
export interface TrackingLink extends Channel {
  /** The end of its address, `/l/<code>`. It is never given to another link. */
  readonly code: string
  readonly source: string
  readonly environment: Environment
  /** For people. */
  readonly label: string
  /** With placeholders in path, query or fragment, see `redirect-address.ts`. */
  readonly target: string
  /** Properties of every click, and values for placeholders; the request's parameters go first. */
  readonly parameters: Readonly<Record<string, string>>
  readonly createdAt: Date
  /** From then on its address leads nowhere; its figures stay. */
  readonly archivedAt: Date | null
}
