import { type PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { TransientFault } from '../../ports/faults.ts'
import type { MessageProvider, OutgoingMessage, ProviderAnswer } from '../../ports/message-provider.ts'
import { smsFault, whyNumberRefused } from './faults.ts'
import { type TextSender, textRequest } from './text-request.ts'

const PRICE = /^\d{0,2}\.\d{1,5}$/

export interface SmsOptions extends TextSender {
  readonly client: PinpointSMSVoiceV2Client
}

/**
 * Text messages by AWS End User Messaging. Landlines are mostly found out later, by an event.
 * @throws RangeError for a `maxPrice` that the service would refuse with every message.
 */
export function smsProvider({ client, ...sender }: SmsOptions): MessageProvider {
  if (sender.maxPrice !== undefined && !PRICE.test(sender.maxPrice)) {
    throw new RangeError('the most that a text may cost must be in US dollars, such as 0.50')
  }
  return { send: (message) => sendText(client, message, sender) }
}

async function sendText(
  client: PinpointSMSVoiceV2Client,
  message: OutgoingMessage,
  sender: TextSender,
): Promise<ProviderAnswer> {
  try {
    const { MessageId } = await client.send(new SendTextMessageCommand(textRequest(message, sender)))
    if (MessageId === undefined) throw new TransientFault('SMS SendTextMessage: an answer without a message id')
    return { status: 'accepted', providerId: MessageId }
  } catch (error) {
    const refusal = whyNumberRefused(error)
    if (refusal !== null) return { status: 'refused', detail: refusal }
    throw error instanceof TransientFault ? error : smsFault('SendTextMessage', error)
  }
}
