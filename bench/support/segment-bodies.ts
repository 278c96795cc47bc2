/** A `track` call as Segment's browser library sends it; `[<id>]` becomes an id of its own in each request. */
function trackCall(index: number, writeKey: string | undefined): object {
  const now = new Date().toISOString()
  return {
    type: 'track',
    event: 'Order Completed',
    messageId: `ajs-next-[<id>]-${index}`,
    anonymousId: `0b7a3d5e-1a5e-4a54-9f37-${String(index).padStart(12, '0')}`,
    userId: `u-${index}`,
    timestamp: now,
    sentAt: now,
    properties: { order_id: `o-${index}`, revenue: 19.99, currency: 'EUR', plan: 'family', tags: ['new', 'drama'] },
    context: {
      library: { name: 'analytics.js', version: 'npm:next-1.70.0' },
      page: {
        path: '/checkout',
        url: 'https://www.example.com/checkout?step=2&utm_source=newsletter',
        referrer: 'https://www.google.com/',
        title: 'Checkout',
        search: '?step=2&utm_source=newsletter',
      },
      userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${110 + (index % 20)}.0.0.0 Safari/537.36`,
      locale: 'de-DE',
      timezone: 'Europe/Berlin',
    },
    integrations: {},
    ...(writeKey !== undefined && { writeKey }),
  }
}

export function trackBody(writeKey: string): string {
  return JSON.stringify(trackCall(0, writeKey))
}

export function batchBody(writeKey: string, count: number): string {
  const batch = Array.from({ length: count }, (_, index) => trackCall(index, undefined))
  return JSON.stringify({ writeKey, batch, sentAt: new Date().toISOString() })
}
