import { DecryptCommand, GenerateDataKeyCommand } from '@aws-sdk/client-kms'
import { TransientFault } from '../../ports/faults.ts'
import type { NoteCipher } from '../../ports/secrets.ts'
import type { KmsKey } from './client.ts'
import { openEnvelope, readEnvelope, sealEnvelope } from './envelope.ts'
import { ask } from './faults.ts'

/** What the key is used for: authenticated, shown in the service's log, and what a key's policy can ask for. */
export const NOTE_CONTEXT = { purpose: 'muster-note' } as const
const DATA_KEY_BYTES = 32

/**
 * Seals each text with a data key of its own, which goes with it, wrapped under a key that never leaves the service.
 * Sealing needs `kms:GenerateDataKey`, opening `kms:Decrypt`.
 */
export function kmsNoteCipher(key: KmsKey): NoteCipher {
  return { seal: (text) => seal(key, text), open: (sealed) => open(key, sealed) }
}

async function seal({ client, keyId }: KmsKey, text: string): Promise<string> {
  const command = new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: NOTE_CONTEXT })
  const { Plaintext: dataKey, CiphertextBlob: wrappedKey } = await ask('seal note', () => client.send(command))
  return withDataKey('seal note', dataKey, (checked) => {
    if (!wrappedKey?.length) throw new TransientFault('seal note: an answer without a wrapped key')
    return sealEnvelope(checked, wrappedKey, text)
  })
}

async function open({ client, keyId }: KmsKey, sealed: string): Promise<string> {
  const envelope = readEnvelope(sealed)
  const command = new DecryptCommand({
    // Named, so that a text that was wrapped under somebody else's key is refused.
    KeyId: keyId,
    CiphertextBlob: envelope.wrappedKey,
    EncryptionContext: NOTE_CONTEXT,
  })
  const { Plaintext: dataKey } = await ask('open note', () => client.send(command))
  return withDataKey('open note', dataKey, (checked) => openEnvelope(envelope, checked))
}

/** The plain key is gone from memory as soon as it was used, whatever happens. */
function withDataKey(operation: string, dataKey: Uint8Array | undefined, use: (key: Uint8Array) => string): string {
  try {
    if (dataKey?.length !== DATA_KEY_BYTES) throw new TransientFault(`${operation}: an answer without a data key`)
    return use(dataKey)
  } finally {
    dataKey?.fill(0)
  }
}
