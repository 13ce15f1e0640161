import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { PermanentFault } from '../../ports/faults.ts'
import type { NoteCipher } from '../../ports/secrets.ts'
import { KEY_BYTES } from './link-signer.ts'

/** Names cipher and layout, so that a later one can stand beside it. It is authenticated too. */
const VERSION = 'aes256gcm-1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals texts with AES-256-GCM under a fresh nonce each: `aes256gcm-1.<nonce, tag and text in base64url>`.
 * @param key 32 random bytes. @throws RangeError for a key of another length.
 */
export function noteCipher(key: Buffer): NoteCipher {
  if (key.length !== KEY_BYTES)
    throw new RangeError(`a key of ${KEY_BYTES} bytes is needed, this one has ${key.length}`)
  return { seal: async (text) => seal(key, text), open: async (sealed) => open(key, sealed) }
}

function seal(key: Buffer, text: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(VERSION))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
}

function open(key: Buffer, sealed: string): string {
  const [version, packed] = sealed.split('.')
  if (version !== VERSION || packed === undefined) throw new PermanentFault('a sealed note of an unknown version')
  const bytes = Buffer.from(packed, 'base64url')
  const tagEnds = NONCE_BYTES + TAG_BYTES
  if (bytes.length < tagEnds) throw new PermanentFault('a sealed note that is too short')
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    cipher.setAAD(Buffer.from(VERSION)).setAuthTag(bytes.subarray(NONCE_BYTES, tagEnds))
    return Buffer.concat([cipher.update(bytes.subarray(tagEnds)), cipher.final()]).toString('utf8')
  } catch {
    throw new PermanentFault('a sealed note was altered, or sealed with another key')
  }
}
