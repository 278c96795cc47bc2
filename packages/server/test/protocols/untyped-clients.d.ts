/** The calls that the tests make of clients that come without types. */

declare module 'matomo-tracker' {
  import type { EventEmitter } from 'node:events'

  type Parameters = Record<string, string | number>
  export default class MatomoTracker extends EventEmitter {
    constructor(siteId: number | string, trackerUrl: string)
    track(request: string | Parameters): void
    trackBulk(requests: Parameters[], callback: (answer: string) => void): void
  }
}

declare module 'countly-sdk-nodejs' {
  interface Settings {
    app_key: string
    url: string
    device_id?: string
    app_version?: string
    interval: number
    storage_type: 'memory'
  }
  interface BulkClient {
    add_bulk_request(requests: object[]): void
    start(): void
    stop(): void
  }
  const Countly: {
    init(settings: Settings): void
    halt(): void
    begin_session(): void
    end_session(): void
    add_event(event: object): void
    track_view(name: string): void
    user_details(details: object): void
    log_error(error: Error): void
    change_id(id: string, merge: boolean): void
    Bulk: new (settings: Settings) => BulkClient
  }
  export default Countly
}
