import { NativeEvent } from '@almanac/core/events/native-event.ts'
import { z } from 'zod'

// z.json() refers to itself, which the document's generator cannot follow.
const Event = NativeEvent.extend({ properties: z.record(z.string(), z.unknown()).optional() })

/** What the API document says about `POST /v1/events`; the route itself reads the body by hand. */
export const EVENTS_DOCUMENT = {
  summary: 'Send events',
  description:
    'Takes one event, an array of events, or {"events": […]}, as JSON, plain or gzip, whatever its Content-Type says. ' +
    'The answer 202 means that the accepted events are on disk and will be counted once. At most 5,000 events and 5 MiB ' +
    'in a request. 503 with Retry-After means: not stored, send it again later.',
  tags: ['Events'],
  querystring: z.object({
    source: z
      .string()
      .optional()
      .describe('Only with a key of the scope admin: an ingest key has a source of its own.'),
  }),
  body: z.union([Event, z.array(Event), z.strictObject({ events: z.array(Event) })]).meta({
    examples: [
      { name: 'page_view', anonymousId: 'c2a8', url: 'https://example.com/pricing' },
      [{ id: 'order-17', name: 'purchase', userId: 'u-1', revenue: { amount: 9.99, currency: 'EUR' } }],
    ],
  }),
  response: {
    202: z.object({
      accepted: z.int(),
      rejected: z.array(
        z.object({
          index: z.int().describe('Place of the event in the request, from 0.'),
          issues: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })),
        }),
      ),
    }),
  },
} as const
