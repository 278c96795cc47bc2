import { param } from 'almanac/endpoints'

/** The two parameters that all endpoints have. */
export const RANGE = {
  start: { type: 'date', description: 'The first day.' },
  end: { type: 'date', after: 'start', description: 'The day after the last one.' },
} as const

export const FROM_TO = { from: param('start'), to: param('end') }
export const START_END = { start: param('start'), end: param('end') }
