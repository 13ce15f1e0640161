import { inspect } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { LOCAL_CONNECTION } from '../../infra/local/database.ts'
import { createKmsClient, type KmsKey } from '../../shared/adapters/kms/client.ts'
import { kmsLinkSigner, kmsLinkVerifier } from '../../shared/adapters/kms/link-signer.ts'
import { kmsNoteCipher, NOTE_CONTEXT } from '../../shared/adapters/kms/note-cipher.ts'
import { PermanentFault, TransientFault } from '../../shared/ports/faults.ts'
import {
  answeringInHtml,
  hangingUp,
  hangingUpHalfway,
  type Misdeed,
  refusing,
  saying,
  silent,
  stoppingHalfway,
} from './aws-json-server.ts'
import { InTestKms } from './in-test-kms.ts'

const kms = new InTestKms()
let signature = ''
let sealed = ''

interface Asked {
  readonly name: string
  readonly operation: string
  readonly call: (requestMilliseconds?: number) => Promise<unknown>
}

/** Each call that Muster makes. */
const CALLS: readonly Asked[] = [
  { name: 'sign', operation: 'GenerateMac', call: (ms) => kmsLinkSigner(kms.key('links', ms)).sign('text') },
  {
    name: 'verify',
    operation: 'VerifyMac',
    call: (ms) => kmsLinkVerifier(kms.key('links', ms)).verify('text', signature),
  },
  { name: 'seal', operation: 'GenerateDataKey', call: (ms) => kmsNoteCipher(kms.key('notes', ms)).seal('text') },
  { name: 'open', operation: 'Decrypt', call: (ms) => kmsNoteCipher(kms.key('notes', ms)).open(sealed) },
]
const PASSING: readonly [string, Misdeed][] = [
  ['throttled', refusing('ThrottlingException')],
  ['a fault inside', refusing('KMSInternalException', 500)],
  ['a key that is not at hand', refusing('KeyUnavailableException', 500)],
  ['a page of somebody in between', answeringInHtml],
  ['a connection that is cut', hangingUp],
  ['a connection that is cut halfway', hangingUpHalfway],
]
const HANGING: readonly [string, Misdeed][] = [
  ['no answer', silent],
  ['half an answer', stoppingHalfway],
]
const ATTEMPT_MS = 300

beforeAll(async () => {
  await kms.start()
  signature = await kmsLinkSigner(kms.key('links')).sign('text')
  sealed = await kmsNoteCipher(kms.key('notes')).seal('text')
})
afterAll(() => kms.stop())
beforeEach(() => kms.server.reset())

describe('the KMS adapter, all calls at once', () => {
  test.each(PASSING)('%s once, then answered', async (_, misdeed) => {
    kms.server.misbehave(misdeed, 1)
    await Promise.all(CALLS.map(({ call }) => call()))
    expect(kms.server.calls).toHaveLength(2 * CALLS.length)
  })

  test.each(PASSING)('%s again and again: three attempts, then a transient fault', async (_, misdeed) => {
    kms.server.misbehave(misdeed)
    await Promise.all(CALLS.map(({ call, name }) => expect(call(), name).rejects.toThrow(TransientFault)))
    expect(kms.server.calls).toHaveLength(3 * CALLS.length)
  })

  test.each(HANGING)('%s once, then answered', async (_, misdeed) => {
    kms.server.misbehave(misdeed, 1)
    await Promise.all(CALLS.map(({ call }) => call(ATTEMPT_MS)))
    expect(kms.server.calls.length).toBeGreaterThanOrEqual(2 * CALLS.length)
  })

  test.each(HANGING)('%s again and again: given up on after three attempts', async (_, misdeed) => {
    kms.server.misbehave(misdeed)
    await Promise.all(CALLS.map(({ call, name }) => expect(call(ATTEMPT_MS), name).rejects.toThrow(TransientFault)))
    expect(kms.server.calls).toHaveLength(3 * CALLS.length)
  })
})

describe.each(CALLS)('the KMS adapter, $name', ({ operation, call }) => {
  test('one call, and no other operation', async () => {
    await call()
    expect(kms.server.operations).toEqual([operation])
    expect(kms.server.calls[0]?.contentType).toBe('application/x-amz-json-1.1')
  })

  test.each(['AccessDeniedException', 'NotFoundException', 'DisabledException', 'KMSInvalidStateException'])(
    '%s: a permanent fault at once',
    async (name) => {
      kms.server.misbehave(refusing(name))
      await expect(call()).rejects.toThrow(PermanentFault)
      expect(kms.server.calls).toHaveLength(1)
    },
  )

  test.each(['{}', '{"KeyId":', '{"Mac":"AAAA","Plaintext":"AAAA","CiphertextBlob":"AAAA"}'])(
    'the answer %s says nothing: transient',
    async (body) => {
      kms.server.misbehave(saying(body))
      await expect(call()).rejects.toThrow(TransientFault)
    },
  )
})

test('nobody listens: transient', async () => {
  const gone = new InTestKms()
  await gone.start()
  const signer = kmsLinkSigner(gone.key('links'))
  await gone.stop()
  await expect(signer.sign('text')).rejects.toThrow(TransientFault)
})

test.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_KMS'])('%s says where the service is', async (variable) => {
  vi.stubEnv(variable, kms.endpoint)
  try {
    expect(await kmsLinkSigner({ client: createKmsClient(LOCAL_CONNECTION), keyId: 'links' }).sign('text')).toBe(
      signature,
    )
  } finally {
    vi.unstubAllEnvs()
  }
})

describe('what the service need not be asked', () => {
  test('a signature that cannot be one is wrong', async () => {
    const verifier = kmsLinkVerifier(kms.key('links'))
    const others = ['', 'x', signature.slice(1), `${signature}=`, `${signature}A`, 'A'.repeat(42), '+'.repeat(43)]
    for (const other of others) expect(await verifier.verify('text', other)).toBe(false)
    expect(kms.server.calls).toEqual([])
  })

  test.each([
    ['empty', ''],
    ['one byte too long', 'x'.repeat(4097)],
    ['one byte too long in characters of two', `${'é'.repeat(2048)}x`],
  ])('a text that is %s is never signed', async (_, text) => {
    await expect(kmsLinkSigner(kms.key('links')).sign(text)).rejects.toThrow(PermanentFault)
    expect(await kmsLinkVerifier(kms.key('links')).verify(text, signature)).toBe(false)
    expect(kms.server.calls).toEqual([])
  })

  test('a note that cannot be one, or was sealed elsewhere', async () => {
    const cipher = kmsNoteCipher(kms.key('notes'))
    const tooLongAKey = Buffer.concat([Buffer.from([0x18, 0x01]), Buffer.alloc(6145 + 12 + 16)])
    const others = ['', 'aes256gcm-1.AAAA', `${sealed}.x`, `${sealed}=`, `${sealed} `, sealed.replace('-1.', '-2.')]
    others.push(`kms-aes256gcm-1.${tooLongAKey.toString('base64url')}`)
    others.push(`kms-aes256gcm-1.${Buffer.alloc(40).toString('base64url')}`)
    for (const other of others) await expect(cipher.open(other), other).rejects.toThrow(PermanentFault)
    expect(kms.server.calls).toEqual([])
  })
})

describe('the data key of a note', () => {
  test('names its purpose, and one for another purpose does not open', async () => {
    await kmsNoteCipher(kms.key('notes')).seal('text')
    expect(kms.server.calls[0]?.input).toEqual({
      KeyId: 'notes',
      KeySpec: 'AES_256',
      EncryptionContext: NOTE_CONTEXT,
    })
    const { client, keyId } = kms.key('notes')
    client.middlewareStack.add(
      (next) => (args) => next({ ...args, input: { ...args.input, EncryptionContext: { purpose: 'other' } } }),
      { step: 'initialize' },
    )
    await expect(kmsNoteCipher({ client, keyId }).open(sealed)).rejects.toThrow(PermanentFault)
  })

  test('is gone from memory after it was used, also when the note does not open', async () => {
    const { key, dataKeys } = watched(kms.key('notes'))
    const cipher = kmsNoteCipher(key)
    const note = await cipher.seal('text')
    await cipher.open(note)
    const bytes = Buffer.from(note.split('.')[1] ?? '', 'base64url')
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    await expect(cipher.open(`kms-aes256gcm-1.${bytes.toString('base64url')}`)).rejects.toThrow(PermanentFault)
    expect(dataKeys.map(({ before }) => before.some((byte) => byte !== 0))).toEqual([true, true, true])
    expect(dataKeys.map(({ key }) => [...key])).toEqual(Array.from({ length: 3 }, () => Array(32).fill(0)))
  })

  test('stands in no fault, even when the answer cannot be read', async () => {
    kms.server.misbehave(saying('{"Plaintext":"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0" oh'))
    const sealing = kmsNoteCipher(kms.key('notes')).seal('text')
    const fault: unknown = await sealing.catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(TransientFault)
    expect(inspect(fault, { showHidden: true, depth: 9 })).not.toContain('c2Vj')
  })
})

/** The data keys that its client receives, as they are now and as they were. */
function watched(key: KmsKey): { key: KmsKey; dataKeys: { key: Uint8Array; before: number[] }[] } {
  const dataKeys: { key: Uint8Array; before: number[] }[] = []
  key.client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const dataKey: unknown = Reflect.get(result.output, 'Plaintext')
      if (dataKey instanceof Uint8Array) dataKeys.push({ key: dataKey, before: [...dataKey] })
      return result
    },
    { step: 'initialize' },
  )
  return { key, dataKeys }
}
