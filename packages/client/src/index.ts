export { AlmanacError } from './almanac-error.ts'
export type * from './answers.ts'
export { type AlmanacClient, createClient } from './create-client.ts'
