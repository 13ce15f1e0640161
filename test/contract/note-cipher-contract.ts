import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PermanentFault } from '../../shared/ports/faults.ts'
import type { NoteCipher } from '../../shared/ports/secrets.ts'

export interface CipherUnderTest {
  readonly cipher: NoteCipher
  /** Under another key. */
  readonly stranger: NoteCipher
  close(): Promise<void>
}

const TEXT = 'Counsel: the insurer was told on Monday.'

/** What every adapter of the port `NoteCipher` must do. */
export function describeNoteCipherContract(name: string, make: () => Promise<CipherUnderTest>): void {
  describe(`the note cipher contract: ${name}`, () => {
    let under: CipherUnderTest
    beforeAll(async () => {
      under = await make()
    })
    afterAll(() => under.close())

    test('what was sealed opens to the same', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
          expect(await under.cipher.open(await under.cipher.seal(text))).toBe(text)
        }),
        { numRuns: 30 },
      )
    })

    test('a long text, too', async () => {
      const text = 'Größe 😀 '.repeat(10_000)
      expect(await under.cipher.open(await under.cipher.seal(text))).toBe(text)
    })

    test('the sealed text names its version, is URL-safe, and differs each time', async () => {
      const [sealed, again] = [await under.cipher.seal(TEXT), await under.cipher.seal(TEXT)]
      expect(sealed).toMatch(/^[a-z0-9-]+\.[A-Za-z0-9_-]+$/)
      expect(again).not.toBe(sealed)
      expect(Buffer.from(sealed.split('.')[1] ?? '', 'base64url').includes('Counsel')).toBe(false)
    })

    test('what was altered in any byte is refused', async () => {
      const [version, packed = ''] = (await under.cipher.seal(TEXT)).split('.')
      const bytes = Buffer.from(packed, 'base64url')
      for (let place = 0; place < bytes.length; place += 1) {
        const altered = Buffer.from(bytes)
        altered.writeUInt8(altered.readUInt8(place) ^ 1, place)
        const opened = under.cipher.open(`${version}.${altered.toString('base64url')}`)
        await expect(opened, `byte ${place}`).rejects.toThrow(PermanentFault)
      }
    })

    test('what was cut off at any place is refused', async () => {
      const [version, packed = ''] = (await under.cipher.seal('x')).split('.')
      const bytes = Buffer.from(packed, 'base64url')
      for (let length = 0; length < bytes.length; length += 1) {
        const cut = bytes.subarray(0, length).toString('base64url')
        await expect(under.cipher.open(`${version}.${cut}`), `${length} bytes`).rejects.toThrow(PermanentFault)
      }
    })

    test('what another key sealed is refused', async () => {
      await expect(under.stranger.open(await under.cipher.seal(TEXT))).rejects.toThrow(PermanentFault)
    })

    test('what is no sealed text is refused', async () => {
      const sealed = await under.cipher.seal(TEXT)
      const [version = '', packed = ''] = sealed.split('.')
      const others = ['', '.', 'x', TEXT, packed, `${version}.`, `${version}.~`, `${version}0.${packed}`, `.${packed}`]
      for (const other of others) await expect(under.cipher.open(other), other).rejects.toThrow(PermanentFault)
    })
  })
}
