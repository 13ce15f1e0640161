import { afterEach, describe, expect, it, vi } from 'vitest'
import { providerFor } from '../../../../functions/send-messages/provider-for.ts'
import type { OutgoingMessage } from '../../../../shared/ports/message-provider.ts'

afterEach(() => vi.unstubAllEnvs())

describe('providerFor', () => {
  it.each(['slack', 'constructor', 'other'])('refuses a kind of channel that has no provider: %s', async (channel) => {
    const provider = await providerFor(channel, 'eu-central-1')
    const refused = { status: 'refused', detail: 'no provider for this kind of channel' }
    expect(await provider.send({} as OutgoingMessage)).toEqual(refused)
  })

  it.each([
    ['email', 'MUSTER_MAIL_FROM'],
    ['sms', 'MUSTER_SMS_IDENTITY'],
  ])('says what %s needs', async (channel, variable) => {
    await expect(providerFor(channel, 'eu-central-1')).rejects.toThrow(variable)
  })

  it('makes each with what it needs', async () => {
    vi.stubEnv('MUSTER_MAIL_FROM', 'Muster <muster@example.com>')
    vi.stubEnv('MUSTER_MAIL_CONFIGURATION_SET', 'muster')
    vi.stubEnv('MUSTER_SMS_IDENTITY', 'arn:aws:sms-voice:eu-central-1:123456789012:phone-number/sample')
    vi.stubEnv('MUSTER_SMS_CONFIGURATION_SET', 'muster')
    for (const channel of ['email', 'sms']) {
      expect(await providerFor(channel, 'eu-central-1')).toHaveProperty('send')
    }
  })
})
