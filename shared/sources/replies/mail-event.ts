import * as z from 'zod'
import { type ParsedReply, type ReceiptMeaning, unreadable } from './reply.ts'
import { effectId, id, instant, word } from './reply-fields.ts'

/** The tag by which SES brings back the effect's id, written by the adapter that sends: `inc-1.2.3` as `inc-1_2_3`. */
const EFFECT_TAG = 'effect'

const TAGS = `the tag ${EFFECT_TAG} with one value`
const effectTag = z
  .tuple([z.string(TAGS).transform((value) => value.replaceAll('_', '.'))], TAGS)
  .rest(z.unknown())
  .transform(([first]) => first)
  .pipe(effectId)

const detail = z
  .object(
    {
      eventType: word,
      mail: z.object({ tags: z.object({ [EFFECT_TAG]: effectTag }, 'the tags of the mail') }, 'the mail'),
      bounce: z.object({ bounceType: word, bounceSubType: word.optional() }, 'what bounced').optional(),
      complaint: z.object({ complaintFeedbackType: word.nullish() }, 'the complaint').optional(),
    },
    'what SES tells',
  )
  .refine(({ eventType, bounce }) => eventType !== 'Bounce' || bounce !== undefined, {
    path: ['bounce'],
    error: 'what bounced',
  })
type Detail = z.output<typeof detail>

/** An event of SES on EventBridge; what it says of addresses and servers is passed over. */
const mailEvent = z.object({ id, time: instant, detail })

/** Mail that was turned away for its own sake or for the moment's; anything else of this kind may be an absence note. */
const TURNED_AWAY = new Set([
  'MailboxFull',
  'MessageTooLarge',
  'ContentRejected',
  'AttachmentRejected',
  'CustomTimeoutExceeded',
])

/** What became of a mail. */
export function parseMailEvent(event: unknown): ParsedReply {
  const parsed = mailEvent.safeParse(event)
  if (!parsed.success) return unreadable(parsed.error)
  const { id: receiptId, time, detail: told } = parsed.data
  const { [EFFECT_TAG]: ofEffect } = told.mail.tags
  const said = [told.eventType, told.bounce?.bounceType, told.bounce?.bounceSubType]
  const type = said.filter((part) => part !== undefined).join(' ')
  const meaning = meaningOf(told)
  return { ok: true, reply: { kind: 'receipt', id: receiptId, effectId: ofEffect, type, meaning, at: time } }
}

function meaningOf({ eventType, bounce, complaint }: Detail): ReceiptMeaning {
  switch (eventType) {
    case 'Bounce':
      return meaningOfBounce(bounce)
    case 'Complaint':
      // SES keeps an address that complained from getting more; a report may also say that it was none.
      return complaint?.complaintFeedbackType === 'not-spam' ? 'noted' : 'refused'
    case 'Reject':
    case 'Rendering Failure':
      return 'failed'
    default:
      return 'noted'
  }
}

/** Permanent is also what is on a suppression list. Of an undetermined one nobody knows whether it is a bounce at all. */
function meaningOfBounce(bounce: Detail['bounce']): ReceiptMeaning {
  if (bounce?.bounceType === 'Permanent') return 'refused'
  const turnedAway = bounce?.bounceType === 'Transient' && TURNED_AWAY.has(bounce.bounceSubType ?? '')
  return turnedAway ? 'failed' : 'noted'
}
