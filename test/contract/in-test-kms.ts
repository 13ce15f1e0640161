import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { LOCAL_CONNECTION } from '../../infra/local/database.ts'
import { createKmsClient, type KmsKey } from '../../shared/adapters/kms/client.ts'
import { AwsJsonServer, type Call, Refusal } from './aws-json-server.ts'

/** Longer than a loaded machine takes for an answer. */
const PATIENT_MS = 10_000

/** A key service that really signs and wraps, as far as Muster asks it to. Keys appear when they are first named. */
export class InTestKms {
  readonly server = new AwsJsonServer('1.1', (call) => this.#answer(call))
  readonly #secrets = new Map<string, Buffer>()
  readonly #destroys: (() => void)[] = []
  #endpoint = ''

  async start(): Promise<void> {
    this.#endpoint = await this.server.start()
  }

  async stop(): Promise<void> {
    for (const destroy of this.#destroys) destroy()
    await this.server.stop()
  }

  get endpoint(): string {
    return this.#endpoint
  }

  /** A key with a client of its own. */
  key(keyId: string, requestMilliseconds = PATIENT_MS): KmsKey {
    const client = createKmsClient({ ...LOCAL_CONNECTION, endpoint: this.#endpoint, requestMilliseconds })
    this.#destroys.push(() => client.destroy())
    return { client, keyId }
  }

  #answer({ operation, input }: Call): object {
    const keyId = String(input.KeyId)
    if (operation === 'GenerateMac')
      return { KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Mac: base64(this.#mac(input)) }
    if (operation === 'VerifyMac') return this.#verify(keyId, input)
    if (operation === 'GenerateDataKey') return this.#generate(keyId, input)
    if (operation === 'Decrypt') return this.#decrypt(keyId, input)
    throw new Refusal('UnknownOperationException')
  }

  #secret(keyId: string): Buffer {
    const secret = this.#secrets.get(keyId) ?? randomBytes(32)
    this.#secrets.set(keyId, secret)
    return secret
  }

  #mac(input: Call['input']): Buffer {
    const message = bytes(input.Message)
    if (input.MacAlgorithm !== 'HMAC_SHA_256') throw new Refusal('InvalidKeyUsageException')
    if (message.length < 1 || message.length > 4096) throw new Refusal('ValidationException')
    return createHmac('sha256', this.#secret(String(input.KeyId)))
      .update(message)
      .digest()
  }

  #verify(keyId: string, input: Call['input']): object {
    const [given, expected] = [bytes(input.Mac), this.#mac(input)]
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new Refusal('KMSInvalidMacException')
    }
    return { KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', MacValid: true }
  }

  #generate(keyId: string, input: Call['input']): object {
    if (input.KeySpec !== 'AES_256') throw new Refusal('ValidationException')
    const [dataKey, nonce] = [randomBytes(32), randomBytes(12)]
    const cipher = createCipheriv('aes-256-gcm', this.#secret(keyId), nonce).setAAD(contextOf(input))
    const body = Buffer.concat([cipher.update(dataKey), cipher.final()])
    const wrapped = Buffer.concat([nonce, cipher.getAuthTag(), body])
    return { KeyId: keyId, Plaintext: base64(dataKey), CiphertextBlob: base64(wrapped) }
  }

  #decrypt(keyId: string, input: Call['input']): object {
    const wrapped = bytes(input.CiphertextBlob)
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.#secret(keyId), wrapped.subarray(0, 12))
      cipher.setAAD(contextOf(input)).setAuthTag(wrapped.subarray(12, 28))
      const dataKey = Buffer.concat([cipher.update(wrapped.subarray(28)), cipher.final()])
      return { KeyId: keyId, Plaintext: base64(dataKey), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
    } catch {
      throw new Refusal('InvalidCiphertextException')
    }
  }
}

function bytes(text: unknown): Buffer {
  return Buffer.from(String(text ?? ''), 'base64')
}

function base64(of: Buffer): string {
  return of.toString('base64')
}

function contextOf({ EncryptionContext: context }: Call['input']): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context ?? {}).toSorted()))
}
