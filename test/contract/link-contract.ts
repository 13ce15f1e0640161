import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LinkSigner, LinkVerifier } from '../../shared/ports/secrets.ts'

export interface LinksUnderTest {
  readonly signer: LinkSigner
  readonly verifier: LinkVerifier
  /** Under another key. */
  readonly stranger: LinkVerifier
  close(): Promise<void>
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const TEXT = 'inc-1~incident-commander~ana~email~t0vzb4'

/** What every adapter of the ports `LinkSigner` and `LinkVerifier` must do. */
export function describeLinkContract(name: string, make: () => Promise<LinksUnderTest>): void {
  describe(`the link contract: ${name}`, () => {
    let under: LinksUnderTest
    beforeAll(async () => {
      under = await make()
    })
    afterAll(() => under.close())
    const verify = (text: string, signature: string) => under.verifier.verify(text, signature)

    test('a signature is URL-safe, short enough for a text message, and known again', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
          const signature = await under.signer.sign(text)
          expect(signature).toMatch(/^[A-Za-z0-9_-]{22,43}$/)
          expect(await verify(text, signature)).toBe(true)
        }),
        { numRuns: 30 },
      )
    })

    test.each([
      ['in characters', 'x'.repeat(4096)],
      ['in bytes', 'é'.repeat(2048)],
    ])('a text of 4,096 bytes can be signed, counted %s', async (_, text) => {
      expect(await verify(text, await under.signer.sign(text))).toBe(true)
    })

    test('every part of the text counts', async () => {
      const signature = await under.signer.sign(TEXT)
      for (const other of [`${TEXT}x`, ` ${TEXT}`, TEXT.slice(1), TEXT.replace('ana', 'ann'), TEXT.toUpperCase(), '']) {
        expect([other, await verify(other, signature)]).toEqual([other, false])
      }
    })

    test('another key knows nothing of it', async () => {
      expect(await under.stranger.verify(TEXT, await under.signer.sign(TEXT))).toBe(false)
    })

    test('every character of a signature counts', async () => {
      const signature = await under.signer.sign(TEXT)
      for (let place = 0; place < signature.length; place += 1) {
        const next = ALPHABET[(ALPHABET.indexOf(signature[place] ?? '') + 1) % 64]
        const altered = signature.slice(0, place) + next + signature.slice(place + 1)
        expect([altered, await verify(TEXT, altered)]).toEqual([altered, false])
      }
    })

    test('no other spelling counts', async () => {
      const signature = await under.signer.sign(TEXT)
      const others = ['', 'x', signature.slice(1), signature.slice(0, -1), `${signature}A`, `${signature}=`]
      others.push(` ${signature}`, `${signature}\n`, `${signature}${signature}`, '~'.repeat(signature.length))
      others.push(Buffer.from(signature, 'base64url').toString('hex'))
      for (const other of others) expect([other, await verify(TEXT, other)]).toEqual([other, false])
    })

    test('the unused bits at the end of a signature are not free', async () => {
      const signature = await under.signer.sign(TEXT)
      const twins = [...ALPHABET].map((last) => signature.slice(0, -1) + last).filter((twin) => twin !== signature)
      const known = await Promise.all(twins.map((twin) => verify(TEXT, twin)))
      expect(known.filter(Boolean)).toEqual([])
    })
  })
}
