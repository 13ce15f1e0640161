import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOf, readLink, signLink } from '../../../shared/app/acknowledge-link.ts'
import { sha256 } from '../../../shared/app/rows/keys.ts'

const NOW = '2027-03-10T10:00:00.000Z'
const GRANT = { incidentId: 'inc-0123456789abcdef', role: 'incident-commander', responderId: 'ana', channel: 'email' }
const signer = { sign: async (text: string) => sha256(`key ${text}`).slice(0, 22) }
const verifier = { verify: async (text: string, signature: string) => signature === (await signer.sign(text)) }

describe('acknowledge links', () => {
  it('name person, seat, incident, channel and end', async () => {
    const token = await signLink(signer, GRANT, NOW)
    expect(await readLink(verifier, token)).toEqual({ ...GRANT, expiresAt: '2027-03-11T10:00:00.000Z' })
  })

  it('fit into a text message with an address of 40 characters', async () => {
    const token = await signLink(signer, GRANT, NOW)
    expect(token.length).toBeLessThan(100)
    expect(token).toMatch(/^[a-z0-9~-]+$/)
  })

  it('are refused when any character is another', async () => {
    const token = await signLink(signer, GRANT, NOW)
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'abc019-~ %'), async (at, other) => {
        const forged = token.slice(0, at) + other + token.slice(at + 1)
        expect(await readLink(verifier, forged)).toEqual(forged === token ? await readLink(verifier, token) : null)
      }),
    )
  })

  it.each([[''], ['~~~~~'], ['a~b~c~d~e~f~g'], ['x'.repeat(5000)]])(
    'are refused when mangled: %.20s',
    async (token) => {
      expect(await readLink(verifier, token)).toBeNull()
    },
  )

  it('ask for two digits from e-mail only, the same each time', async () => {
    const token = await signLink(signer, GRANT, NOW)
    expect(codeOf(token, 'email')).toMatch(/^[1-9][0-9]$/)
    expect(codeOf(token, 'email')).toBe(codeOf(token, 'email'))
    expect(codeOf(token, 'sms')).toBeNull()
  })
})
