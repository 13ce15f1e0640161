import { logger } from '../../shared/adapters/powertools/logger.ts'
import { readEnvironment } from '../../shared/doors/environment.ts'
import type { MessageProvider } from '../../shared/ports/message-provider.ts'

/** By the kind of channel; each is loaded only where it is needed. */
const PROVIDERS: Readonly<Record<string, (region: string) => Promise<MessageProvider>>> = { email, sms }

/** The provider of one kind of channel. A kind without one refuses at once, so that the next channel is tried. */
export async function providerFor(channel: string, region: string): Promise<MessageProvider> {
  const make = Object.hasOwn(PROVIDERS, channel) ? PROVIDERS[channel] : undefined
  return make === undefined ? NO_PROVIDER : make(region)
}

const NO_PROVIDER: MessageProvider = {
  send: async () => ({ status: 'refused', detail: 'no provider for this kind of channel' }),
}

async function email(region: string): Promise<MessageProvider> {
  const { MUSTER_MAIL_FROM: from, MUSTER_MAIL_CONFIGURATION_SET: configurationSet } = readEnvironment(
    'MUSTER_MAIL_FROM',
    'MUSTER_MAIL_CONFIGURATION_SET',
  )
  const { createSesClient } = await import('../../shared/adapters/ses/client.ts')
  const { sesProvider } = await import('../../shared/adapters/ses/provider.ts')
  const reportUnchecked = (why: string) => logger.warn('the suppression list was not asked', { why })
  return sesProvider({ client: createSesClient({ region }), from, configurationSet, reportUnchecked })
}

async function sms(region: string): Promise<MessageProvider> {
  const { MUSTER_SMS_IDENTITY: originationIdentity, MUSTER_SMS_CONFIGURATION_SET: configurationSet } = readEnvironment(
    'MUSTER_SMS_IDENTITY',
    'MUSTER_SMS_CONFIGURATION_SET',
  )
  const { createSmsClient } = await import('../../shared/adapters/sms/client.ts')
  const { smsProvider } = await import('../../shared/adapters/sms/provider.ts')
  return smsProvider({ client: createSmsClient({ region }), originationIdentity, configurationSet })
}
