import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { AppError } from '@almanac/core/errors.ts'

/** Headers of requests, such as a token, encrypted with a key that is not in the database. Belongs to one upload, by its id. */

const NONCE_BYTES = 12
const TAG_BYTES = 16

export type Headers = Readonly<Record<string, string>>

export function sealed(headers: Headers, key: Uint8Array, uploadId: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(uploadId))
  const text = Buffer.concat([cipher.update(JSON.stringify(headers), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

export function opened(bytes: Uint8Array, key: Uint8Array, uploadId: string): Headers {
  const sealed = Buffer.from(bytes)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
    decipher.setAAD(Buffer.from(uploadId))
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
    return JSON.parse(text.toString('utf8')) as Headers
  } catch (cause) {
    throw new AppError(
      'invalid_config',
      'The headers of the request cannot be decrypted: the data directory has another key',
      {
        hint: 'Give the headers again, or restore secrets/uploads of the data directory.',
        cause,
      },
    )
  }
}
