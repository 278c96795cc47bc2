import { adjust } from './adjust.ts'
import { countly } from './countly/countly.ts'
import { ga4 } from './ga4.ts'
import { github } from './github.ts'
import { logplex } from './logplex.ts'
import { matomo } from './matomo/matomo.ts'
import { mixpanel } from './mixpanel.ts'
import { openpanel } from './openpanel.ts'
import { plausible } from './plausible.ts'
import { posthog } from './posthog.ts'
import type { Protocol } from './protocol.ts'
import { rudderstack } from './rudderstack.ts'
import { segment } from './segment.ts'
import { snowplow } from './snowplow/snowplow.ts'
import { syslog } from './syslog/syslog.ts'
import { tracker } from './tracker.ts'
import { umami } from './umami.ts'
import { webhook } from './webhook.ts'

/**
 * All protocols. Where two share a path, the one that stands first and says that the request is its own gets it, so those
 * that look closely come before those that take what is left.
 */
export const PROTOCOLS: readonly Protocol[] = [
  tracker,
  openpanel,
  snowplow,
  countly,
  matomo,
  plausible,
  umami,
  ga4,
  rudderstack,
  segment,
  posthog,
  mixpanel,
  adjust,
  logplex,
  syslog,
  github,
  webhook,
]
