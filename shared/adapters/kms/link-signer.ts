import { GenerateMacCommand, VerifyMacCommand } from '@aws-sdk/client-kms'
import { PermanentFault, TransientFault } from '../../ports/faults.ts'
import type { LinkSigner, LinkVerifier } from '../../ports/secrets.ts'
import type { KmsKey } from './client.ts'
import { ask, isNamed, toFault } from './faults.ts'

const ALGORITHM = 'HMAC_SHA_256'
const SIGNATURE_BYTES = 32
/** What the service signs at most. */
const MOST_TEXT_BYTES = 4096

/**
 * Signs with HMAC-SHA256 under a key that never leaves the service: 43 characters of URL-safe text. Needs
 * `kms:GenerateMac` and nothing else.
 * @throws PermanentFault for a text that is empty or above 4,096 bytes.
 */
export function kmsLinkSigner({ client, keyId }: KmsKey): LinkSigner {
  return {
    sign: async (text) => {
      const message = Buffer.from(text, 'utf8')
      if (!canBeSigned(message)) throw new PermanentFault(`sign link: a text of ${message.length} bytes`)
      const command = new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: ALGORITHM, Message: message })
      const { Mac: mac } = await ask('sign link', () => client.send(command))
      if (mac?.length !== SIGNATURE_BYTES) throw new TransientFault('sign link: an answer without a whole signature')
      return Buffer.from(mac).toString('base64url')
    },
  }
}

/**
 * Knows what `kmsLinkSigner` signed with the same key. What cannot be a signature is refused without asking the service.
 * Needs `kms:VerifyMac` and nothing else.
 */
export function kmsLinkVerifier({ client, keyId }: KmsKey): LinkVerifier {
  return {
    verify: async (text, signature) => {
      const message = Buffer.from(text, 'utf8')
      const mac = readSignature(signature)
      if (mac === null || !canBeSigned(message)) return false
      const command = new VerifyMacCommand({ KeyId: keyId, MacAlgorithm: ALGORITHM, Message: message, Mac: mac })
      try {
        const { MacValid: isValid } = await client.send(command)
        if (isValid === undefined) throw new TransientFault('verify link: an answer that does not say')
        return isValid
      } catch (error) {
        if (isNamed(error, 'KMSInvalidMacException')) return false
        throw toFault('verify link', error)
      }
    },
  }
}

function canBeSigned(message: Buffer): boolean {
  return message.length > 0 && message.length <= MOST_TEXT_BYTES
}

function readSignature(signature: string): Buffer | null {
  const given = Buffer.from(signature, 'base64url')
  // Decoding is lenient: only the one spelling that signing gives counts.
  return given.length === SIGNATURE_BYTES && given.toString('base64url') === signature ? given : null
}
