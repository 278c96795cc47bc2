import { defineSegment } from 'almanac/segments'

/** The rest of the plays is the website's. */
export default defineSegment({
  label: 'In the app',
  description: 'Plays in the app, on iOS and on Android',
  cube: 'streaming',
  filter: { dimension: 'platform', values: ['ios', 'android'] },
})
