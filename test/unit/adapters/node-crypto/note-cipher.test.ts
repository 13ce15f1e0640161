import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noteCipher } from '../../../../shared/adapters/node-crypto/note-cipher.ts'
import { PermanentFault } from '../../../../shared/ports/faults.ts'

const cipher = noteCipher(Buffer.alloc(32, 7))

describe('noteCipher', () => {
  it('opens what it sealed, and seals the same text differently each time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const sealed = await cipher.seal(text)
        expect(await cipher.open(sealed)).toBe(text)
        expect(await cipher.seal(text)).not.toBe(sealed)
      }),
    )
    expect(await cipher.seal('pseudonyms')).toMatch(/^aes256gcm-1\.[A-Za-z0-9_-]+$/)
  })

  it('refuses what was altered anywhere', async () => {
    const sealed = await cipher.seal('a legal text')
    const bytes = Buffer.from(sealed.split('.')[1] ?? '', 'base64url')
    for (let index = 0; index < bytes.length; index += 1) {
      const altered = Buffer.from(bytes)
      altered.writeUInt8(altered.readUInt8(index) ^ 1, index)
      await expect(cipher.open(`aes256gcm-1.${altered.toString('base64url')}`)).rejects.toThrow(PermanentFault)
    }
  })

  it('refuses another key, another version, and what is too short', async () => {
    const sealed = await cipher.seal('a legal text')
    await expect(noteCipher(Buffer.alloc(32, 8)).open(sealed)).rejects.toThrow(PermanentFault)
    for (const other of ['', 'x', sealed.replace('-1.', '-2.'), 'aes256gcm-1.', 'aes256gcm-1.AAAA']) {
      await expect(cipher.open(other)).rejects.toThrow(PermanentFault)
    }
  })

  it('needs a key of 32 bytes', () => {
    expect(() => noteCipher(Buffer.alloc(16))).toThrow(RangeError)
  })
})
