import type { SourceKind } from '@almanac/core/sources/source-settings.ts'
import { Globe, type LucideIcon, ScrollText, Server, Smartphone, Webhook } from 'lucide-react'

interface KindText {
  readonly label: string
  readonly note: string
  readonly Icon: LucideIcon
}

export const KINDS: Record<SourceKind, KindText> = {
  website: { label: 'Website', note: 'Pages in browsers, by a script tag or another system’s tracker.', Icon: Globe },
  app: {
    label: 'App',
    note: 'A phone or desktop app with an SDK, and callbacks about its installs.',
    Icon: Smartphone,
  },
  server: { label: 'Server', note: 'Your own programs, over HTTP or with a library.', Icon: Server },
  log: {
    label: 'Log drain',
    note: 'Lines that Heroku or a log shipper delivers as they are printed.',
    Icon: ScrollText,
  },
  webhook: {
    label: 'Webhook',
    note: 'Another service that calls an address: GitHub, payments, anything.',
    Icon: Webhook,
  },
}
