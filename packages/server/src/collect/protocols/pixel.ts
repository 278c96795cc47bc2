import type { ProtocolAnswer } from './protocol.ts'

/** One transparent dot, for clients that send an event by loading an image. */
export const PIXEL_GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

export const PIXEL_ANSWER: ProtocolAnswer = {
  status: 200,
  headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' },
  body: PIXEL_GIF,
}
