import {
  GetSuppressedDestinationCommand,
  NotFoundException,
  type SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2'
import { TransientFault } from '../../ports/faults.ts'
import type { MessageProvider, OutgoingMessage, ProviderAnswer } from '../../ports/message-provider.ts'
import { emailRequest, type Sender } from './email-request.ts'
import { isAddressRefusal, sesFault } from './faults.ts'

const CHECK_MS = 1500
const ADDRESS = /^[\w.+-]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i
const NAME_AND_ADDRESS = /^(?:"[ !#-[\]-~]*"|[\w-]+(?: [\w-]+)*) <([^<>]+)>$/

export interface SesOptions {
  readonly client: SESv2Client
  /** The verified address that mails come from: `muster@example.com`, `Muster <muster@example.com>`. */
  readonly from: string
  /** Its events say what became of a mail. It must not switch the account's suppression list off. */
  readonly configurationSet: string
  /** Hears why the suppression list could not be asked; the mail leaves all the same. */
  readonly reportUnchecked: (why: string) => void
  /** How long the suppression list may take to answer: 1.5 s if not given. */
  readonly checkMilliseconds?: number
}

/**
 * E-mail by SES. An address on the suppression list is refused here: SES would accept the mail and drop it.
 * @throws RangeError for a `from` that is not an address.
 */
export function sesProvider(options: SesOptions): MessageProvider {
  const { from, configurationSet } = options
  const sender = { from, configurationSet, domain: domainOf(from) }
  return {
    async send(message) {
      const suppressed = await whySuppressed(options, message.to)
      return suppressed === null ? sendEmail(options.client, message, sender) : refused(suppressed)
    },
  }
}

function domainOf(from: string): string {
  const domain = ADDRESS.exec(NAME_AND_ADDRESS.exec(from)?.[1] ?? from)?.[1]
  if (domain === undefined) throw new RangeError('the sender must be an address, such as Muster <muster@example.com>')
  return domain
}

/**
 * Null when the address may be sent to, or when nobody knows: a page that is held back for the sake of a check is lost,
 * a mail that SES drops comes back as a bounce. When many are called at once, the check may be throttled first.
 */
async function whySuppressed(options: SesOptions, address: string): Promise<string | null> {
  const { client, reportUnchecked, checkMilliseconds = CHECK_MS } = options
  try {
    const command = new GetSuppressedDestinationCommand({ EmailAddress: address })
    const { SuppressedDestination } = await client.send(command, {
      abortSignal: AbortSignal.timeout(checkMilliseconds),
    })
    if (SuppressedDestination === undefined) throw new TransientFault('an answer that names no address')
    return `on the suppression list (${SuppressedDestination.Reason})`
  } catch (error) {
    if (!(error instanceof NotFoundException)) reportUnchecked(sesFault('GetSuppressedDestination', error).message)
    return null
  }
}

async function sendEmail(client: SESv2Client, message: OutgoingMessage, sender: Sender): Promise<ProviderAnswer> {
  try {
    const { MessageId } = await client.send(new SendEmailCommand(emailRequest(message, sender)))
    if (MessageId === undefined) throw new TransientFault('SES SendEmail: an answer without a message id')
    return { status: 'accepted', providerId: MessageId }
  } catch (error) {
    if (isAddressRefusal(error)) return refused('not an address that SES can send to')
    throw error instanceof TransientFault ? error : sesFault('SendEmail', error)
  }
}

function refused(detail: string): ProviderAnswer {
  return { status: 'refused', detail }
}
