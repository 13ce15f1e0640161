import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { PermanentFault } from '../../ports/faults.ts'

/** Names ciphers and layout, so that a later one can stand beside it. It is authenticated too. */
const VERSION = 'kms-aes256gcm-1'
const LENGTH_BYTES = 2
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** The longest that the service unwraps. */
const MOST_WRAPPED_BYTES = 6144

/** A sealed text taken apart, with the data key still wrapped. */
export interface Envelope {
  readonly wrappedKey: Buffer
  /** The wrapped key with its length: authenticated with the text. */
  readonly header: Buffer
  readonly nonce: Buffer
  readonly tag: Buffer
  readonly body: Buffer
}

/**
 * AES-256-GCM: `kms-aes256gcm-1.<length of the wrapped key in two bytes, wrapped key, nonce, tag and text in base64url>`.
 * @param dataKey 32 bytes, of which `wrappedKey` is the wrapped form.
 */
export function sealEnvelope(dataKey: Uint8Array, wrappedKey: Uint8Array, text: string): string {
  const header = Buffer.alloc(LENGTH_BYTES + wrappedKey.length)
  header.writeUInt16BE(wrappedKey.length)
  header.set(wrappedKey, LENGTH_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(authenticated(header))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${VERSION}.${Buffer.concat([header, nonce, cipher.getAuthTag(), body]).toString('base64url')}`
}

/** @throws PermanentFault for a text that `sealEnvelope` cannot have written. */
export function readEnvelope(sealed: string): Envelope {
  const [version, packed, ...more] = sealed.split('.')
  if (version !== VERSION || packed === undefined || more.length > 0) {
    throw new PermanentFault('a sealed note of an unknown version')
  }
  const bytes = Buffer.from(packed, 'base64url')
  // Decoding is lenient: only the one spelling that sealing gives counts.
  if (bytes.toString('base64url') !== packed) throw new PermanentFault('a sealed note that was altered')
  const headerEnds = LENGTH_BYTES + (bytes.length < LENGTH_BYTES ? 0 : bytes.readUInt16BE())
  const nonceEnds = headerEnds + NONCE_BYTES
  const tagEnds = nonceEnds + TAG_BYTES
  if (bytes.length < tagEnds) throw new PermanentFault('a sealed note that is too short')
  const header = bytes.subarray(0, headerEnds)
  const wrappedKey = header.subarray(LENGTH_BYTES)
  if (wrappedKey.length === 0 || wrappedKey.length > MOST_WRAPPED_BYTES) {
    throw new PermanentFault('a sealed note without a data key')
  }
  const nonce = bytes.subarray(headerEnds, nonceEnds)
  return { wrappedKey, header, nonce, tag: bytes.subarray(nonceEnds, tagEnds), body: bytes.subarray(tagEnds) }
}

/** @throws PermanentFault when the text was altered, or sealed with another key. */
export function openEnvelope({ header, nonce, tag, body }: Envelope, dataKey: Uint8Array): string {
  try {
    const cipher = createDecipheriv('aes-256-gcm', dataKey, nonce, { authTagLength: TAG_BYTES })
    cipher.setAAD(authenticated(header)).setAuthTag(tag)
    return Buffer.concat([cipher.update(body), cipher.final()]).toString('utf8')
  } catch {
    throw new PermanentFault('a sealed note was altered, or sealed with another key')
  }
}

function authenticated(header: Buffer): Buffer {
  return Buffer.concat([Buffer.from(VERSION), header])
}
