import { PROOF_ACCOUNTS, proofEvent } from '../../proof/proof-organisation.ts'
import type { RecordedCall } from '../recording/recorded-call.ts'
import type { DeployedMuster } from './deployed-muster.ts'
import { SAMPLE_ORGANISATION, WINDOW_SECONDS } from './sample-organisation.ts'

export interface SeatView {
  readonly role: string
  readonly status: string
  readonly holder: string | null
  readonly attempts: readonly { readonly responderId: string; readonly outcome: string; readonly reason: string }[]
}

export interface Told {
  /** To whom each message went, in the order in which it left. */
  readonly to: readonly string[]
  readonly seats: readonly SeatView[]
  readonly verified: { readonly commits: number; readonly faults: readonly unknown[] }
}

interface Incident {
  readonly id: string
  readonly seats: readonly SeatView[]
}

/**
 * A finding arrives; the Commander takes the seat by the link in the mail; nobody answers for the engineer, so that the
 * backup is called. Everything by the packaged handlers.
 * @param name of the finding and of its principal: what a warm function remembers of another one does not matter.
 */
export async function tellStory(muster: DeployedMuster, name: string): Promise<Told> {
  await muster.json('PUT', '/v1/directory', SAMPLE_ORGANISATION)
  await muster.drain()
  await muster.putEvent(proofEvent(name, name, PROOF_ACCOUNTS[1], new Date(muster.now).toISOString()))
  await muster.drain()
  await settle(muster)
  await pressLink(muster, mailTo(muster, 'ana@example.com'))
  await settle(muster)
  muster.advance(WINDOW_SECONDS + 1)
  await settle(muster)
  const seats = await seatsOf(muster)
  const verified = await muster.json<Told['verified']>('GET', '/v1/verify')
  return { to: muster.sent().map(recipientOf), seats, verified }
}

/** A finding arrives; the engineer texts back what the text to them says. */
export async function answerByText(muster: DeployedMuster): Promise<{ seats: readonly SeatView[]; called: string[] }> {
  await muster.json('PUT', '/v1/directory', SAMPLE_ORGANISATION)
  await muster.putEvent(proofEvent('texted', 'texted', PROOF_ACCOUNTS[1], new Date(muster.now).toISOString()))
  await muster.drain()
  const number = '+4915100000001'
  const text = muster.sent().find((call) => recipientOf(call) === number)?.input?.MessageBody
  const answer = /ACK \d{4}/.exec(String(text))?.[0]
  if (answer === undefined) throw new Error(`no code in: ${text}`)
  await muster.put('RepliesQueue', {
    originationNumber: number,
    destinationNumber: '+4915100009999',
    messageKeyword: 'KEYWORD_0',
    messageBody: ` ${answer.toLowerCase()} `,
    inboundMessageId: 'cae173d2-66b9-564c-8309-21f858e9fb84',
    previousPublishedMessageId: 'wJalrXUtnFEMI',
  })
  await muster.drain()
  muster.advance(WINDOW_SECONDS + 1)
  await settle(muster)
  return { seats: await seatsOf(muster), called: muster.sent().map(recipientOf) }
}

async function seatsOf(muster: DeployedMuster): Promise<readonly SeatView[]> {
  const [incident] = await muster.json<Incident[]>('GET', '/v1/incidents?status=open')
  return (await muster.json<Incident>('GET', `/v1/incidents/${incident?.id}`)).seats
}

/** The tick twice: what a kill has left is done by the next sign of life, and what follows from that by another. */
async function settle(muster: DeployedMuster): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await muster.tick()
    await muster.drain()
  }
}

function recipientOf({ input }: RecordedCall): string {
  const { Destination, DestinationPhoneNumber } = (input ?? {}) as {
    Destination?: { ToAddresses: string[] }
    DestinationPhoneNumber?: string
  }
  return Destination?.ToAddresses[0] ?? DestinationPhoneNumber ?? ''
}

function mailTo(muster: DeployedMuster, address: string): string {
  const mail = muster.sent().find((call) => recipientOf(call) === address)
  const { Content } = (mail?.input ?? {}) as { Content?: { Simple: { Body: { Text: { Data: string } } } } }
  if (Content === undefined) throw new Error(`no mail to ${address}`)
  return Content.Simple.Body.Text.Data
}

/** As a person does it: opens the page, reads the form, writes the two digits, presses. */
async function pressLink(muster: DeployedMuster, mail: string): Promise<void> {
  const path = new URL(/https:\S+\/a\/\S+/.exec(mail)?.[0] ?? '').pathname
  const page = await muster.ask('GET', path)
  const hidden = [...page.body.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ])
  const form = new URLSearchParams(hidden as [string, string][])
  form.set('code', /(\d) (\d)$/m.exec(mail)?.slice(1).join('') ?? '')
  const cookie = (page.cookies ?? []).map((one) => one.split(';')[0]).join('; ')
  const pressed = await muster.ask('POST', path, form.toString(), {
    cookie,
    'content-type': 'application/x-www-form-urlencoded',
  })
  if (pressed.statusCode !== 200) throw new Error(`the press: ${pressed.statusCode} ${pressed.body}`)
}
