import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2'
import { cleanTitle } from '../../core/findings/text.ts'
import type { OutgoingMessage } from '../../ports/message-provider.ts'
import { EFFECT_TAG, tagOfEffect } from './effect-tag.ts'

/** Mail programs cut there; a longer line would only be folded on its way. */
const MOST_SUBJECT_CHARS = 255

export interface Sender {
  /** The address, or a name and the address in angle brackets. */
  readonly from: string
  readonly domain: string
  readonly configurationSet: string
}

/** The request that sends a message: SES makes the mail of it, with both bodies. */
export function emailRequest(message: OutgoingMessage, sender: Sender): SendEmailCommandInput {
  return {
    FromEmailAddress: sender.from,
    Destination: { ToAddresses: [message.to] },
    Content: {
      Simple: {
        Subject: utf8(cleanTitle(message.subject, MOST_SUBJECT_CHARS)),
        Body: { Text: utf8(message.text), Html: utf8(message.html) },
        Headers: headers(message, sender.domain),
      },
    },
    EmailTags: [{ Name: EFFECT_TAG, Value: tagOfEffect(message.effectId) }],
    ConfigurationSetName: sender.configurationSet,
    // Tracking would lead the signed links past a stranger's server, and put an image into the mail.
    ConfigurationOverrides: { Tracking: { OpenTrackingEnabled: 'DISABLED', ClickTrackingEnabled: 'DISABLED' } },
  }
}

/** Half of a surrogate pair is no UTF-8, and SES refuses the whole request for it. */
function utf8(text: string) {
  return { Data: text.toWellFormed(), Charset: 'UTF-8' }
}

/** SES sets `Message-ID` itself, so the mails of an incident all answer one that was never sent: programs show a thread. */
function headers({ incidentId, kind }: OutgoingMessage, domain: string) {
  const thread = `<${incidentId}@${domain}>`
  return [
    { Name: 'References', Value: thread },
    { Name: 'In-Reply-To', Value: thread },
    // Keeps absence notes from coming back.
    { Name: 'Auto-Submitted', Value: 'auto-generated' },
    // For the reader's own rules: a page may ring where a notice is filed.
    { Name: 'X-Muster-Kind', Value: kind },
    { Name: 'X-Muster-Incident', Value: incidentId },
  ]
}
