import type { NativeEventInput } from '@almanac/core/events/native-event.ts'

export interface DemoEvent {
  readonly source: 'website' | 'mobile-app'
  /** Milliseconds since 1970: what the server's clock said when the event came in. */
  readonly receivedAt: number
  readonly event: NativeEventInput
}
