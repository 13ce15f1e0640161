import { describe, expect, test } from 'vitest'
import { openEnvelope, readEnvelope, sealEnvelope } from '../../../../shared/adapters/kms/envelope.ts'
import { PermanentFault } from '../../../../shared/ports/faults.ts'

const DATA_KEY = Buffer.alloc(32, 7)
const WRAPPED = Buffer.from('a wrapped key')
const TEXT = 'Größe 😀'
/** Notes live as long as their incident's record: what was written once must open for ever. */
const STORED = 'kms-aes256gcm-1.AA1hIHdyYXBwZWQga2V5X4Q8kT9kjdOaxYiNopr3OASsYeleJbbDrGm18dVfRzb8mUD4b7HJLw'

describe('the envelope of a note', () => {
  test('one that was stored opens', () => {
    const envelope = readEnvelope(STORED)
    expect(envelope.wrappedKey).toEqual(WRAPPED)
    expect(openEnvelope(envelope, DATA_KEY)).toBe(TEXT)
  })

  test.each([0, 1, 255, 256, 6144])(
    'carries a wrapped key of %i bytes, if the service could have made it',
    (length) => {
      const wrapped = Buffer.alloc(length, 9)
      const read = () => readEnvelope(sealEnvelope(DATA_KEY, wrapped, ''))
      if (length === 0) expect(read).toThrow(PermanentFault)
      else expect([read().wrappedKey, openEnvelope(read(), DATA_KEY)]).toEqual([wrapped, ''])
    },
  )

  test('a wrapped key cannot be put in the place of another', () => {
    const envelope = readEnvelope(sealEnvelope(DATA_KEY, WRAPPED, TEXT))
    const other = readEnvelope(sealEnvelope(DATA_KEY, Buffer.from('the other key'), TEXT))
    expect(() => openEnvelope({ ...envelope, header: other.header }, DATA_KEY)).toThrow(PermanentFault)
    expect(() => openEnvelope(envelope, Buffer.alloc(32, 8))).toThrow(PermanentFault)
  })

  test('a length that points beyond the end is refused', () => {
    const bytes = Buffer.from(STORED.split('.')[1] ?? '', 'base64url')
    for (const length of [0, bytes.length - 2 - 12 - 15, 6145, 0xffff]) {
      bytes.writeUInt16BE(length)
      expect(() => readEnvelope(`kms-aes256gcm-1.${bytes.toString('base64url')}`)).toThrow(PermanentFault)
    }
  })
})
