import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkSigner } from '../../../../shared/adapters/node-crypto/link-signer.ts'

const signer = linkSigner(Buffer.alloc(32, 7))

describe('linkSigner', () => {
  it('signs shortly and URL-safe, and knows its own signature', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const signature = await signer.sign(text)
        expect(signature).toMatch(/^[A-Za-z0-9_-]{22}$/)
        expect(await signer.verify(text, signature)).toBe(true)
      }),
    )
  })

  it('refuses another text, another key, and every other signature', async () => {
    const signature = await signer.sign('text')
    expect(await signer.verify('texts', signature)).toBe(false)
    expect(await linkSigner(Buffer.alloc(32, 8)).verify('text', signature)).toBe(false)
    const first = signature[0] === 'A' ? 'B' : 'A'
    for (const other of [
      '',
      'x',
      first + signature.slice(1),
      `${signature}A`,
      `${signature}=`,
      signature.slice(0, 21),
      ` ${signature}`,
    ]) {
      expect([other, await signer.verify('text', other)]).toEqual([other, false])
    }
  })

  it('takes one spelling of a signature only', async () => {
    const signature = await signer.sign('text')
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const twin =
      alphabet[(alphabet.indexOf(signature.at(-1) ?? '') & ~15) + ((alphabet.indexOf(signature.at(-1) ?? '') + 1) & 15)]
    expect(await signer.verify('text', signature.slice(0, 21) + twin)).toBe(false)
  })

  it('needs a key of 32 bytes', () => {
    expect(() => linkSigner(Buffer.alloc(31))).toThrow(RangeError)
  })
})
