import { createHmac, timingSafeEqual } from 'node:crypto'
import type { LinkSigner, LinkVerifier } from '../../ports/secrets.ts'

export const KEY_BYTES = 32
/** 128 bits: out of reach of guessing, and short enough for a text message. */
const SIGNATURE_BYTES = 16

/**
 * Signs with HMAC-SHA256, cut to 128 bits, as URL-safe text.
 * @param key 32 random bytes. @throws RangeError for a key of another length.
 */
export function linkSigner(key: Buffer): LinkSigner & LinkVerifier {
  if (key.length !== KEY_BYTES)
    throw new RangeError(`a key of ${KEY_BYTES} bytes is needed, this one has ${key.length}`)
  const digest = (text: string) => createHmac('sha256', key).update(text, 'utf8').digest().subarray(0, SIGNATURE_BYTES)
  return {
    sign: async (text) => digest(text).toString('base64url'),
    verify: async (text, signature) => {
      const given = Buffer.from(signature, 'base64url')
      // Decoding is lenient: only the one spelling that signing gives counts.
      const isPlain = given.toString('base64url') === signature
      return isPlain && given.length === SIGNATURE_BYTES && timingSafeEqual(given, digest(text))
    },
  }
}
