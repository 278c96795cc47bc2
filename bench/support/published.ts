import { print } from './print.ts'

/**
 * What others have published of their own systems, as context. None of it was measured by us or on this machine, and most of
 * it not to be compared in detail: other requests, other promises about what an answer means.
 */
const PUBLISHED = {
  single: [
    ['RudderStack', '1,700 events/s on 2 cores, 8 GB; 2,700 to 3,000 on 8 cores, 32 GB (its sizing guide)'],
    ['Matomo', '250 requests/s with 1 queue worker, 1,500 with 8, on 8 vCPUs (FAQ of QueuedTracking)'],
    ['Countly', 'about 300 requests/s on a mid-range server (its deployment guide)'],
    ['Snowplow', 'about 100 events/s with the quick start for some $200 a month (its documentation)'],
    ['Segment', 'hosted: a limit of 1,000 requests/s a workspace (its HTTP API)'],
  ],
  batches: [
    ['Mixpanel', 'hosted: a limit of about 30,000 events/s a project, in batches of 2,000 (its import API)'],
    ['OpenPanel', 'hosted: 7 to 9 million events a day, about 100/s (its recap of 2024)'],
  ],
  lines: [['Matomo', '250 to 300 lines/s on 2 cores, MySQL included (README of its log analytics)']],
} as const

export function printPublished(...kinds: (keyof typeof PUBLISHED)[]): void {
  console.log('published by others, as context:')
  for (const kind of kinds) for (const [name, text] of PUBLISHED[kind]) print(`  ${name}`, text)
}
