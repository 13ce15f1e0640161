import type { SendTextMessageCommandInput } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import type { MessageKind } from '../../core/incident/event-parts.ts'
import type { OutgoingMessage } from '../../ports/message-provider.ts'

const MOST_CHARS = 1600

/**
 * How long a text may wait to be handed to the carrier. By then a page's person has been passed over and others were
 * called: it would ring for nothing, at any hour within the three days that it would otherwise be kept. A warning is
 * worth reading later, until the next one comes.
 */
const LIVES_SECONDS: Readonly<Record<MessageKind, number>> = { page: 600, 'check-in': 600, clock: 3600, notice: 3600 }

export interface TextSender {
  /** A phone number, sender id or pool, by name, id or ARN. */
  readonly originationIdentity: string
  readonly configurationSet: string
  /** In US dollars, such as `0.50`; a dearer text is not sent. */
  readonly maxPrice?: string
}

/** The request that sends a message; its events carry the context back. */
export function textRequest(message: OutgoingMessage, sender: TextSender): SendTextMessageCommandInput {
  return {
    DestinationPhoneNumber: message.to,
    OriginationIdentity: sender.originationIdentity,
    MessageBody: fitted(message),
    MessageType: 'TRANSACTIONAL',
    ConfigurationSetName: sender.configurationSet,
    TimeToLive: LIVES_SECONDS[message.kind],
    Context: { effectId: message.effectId, incidentId: message.incidentId },
    ...(sender.maxPrice === undefined ? {} : { MaxPrice: sender.maxPrice }),
  }
}

/** Whole lines only, so that no link is cut; the incident's own stays. No ellipsis sign: it would double the price. */
function fitted({ text, incidentUrl }: OutgoingMessage): string {
  const whole = text.toWellFormed()
  if (whole.length <= MOST_CHARS) return whole
  const ending = `...\n${incidentUrl}`
  let kept = ''
  for (const line of whole.split('\n')) {
    if (kept.length + line.length + 1 + ending.length > MOST_CHARS) break
    kept += `${line}\n`
  }
  return `${kept}${ending}`
}
