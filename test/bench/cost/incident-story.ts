import { type Instant, plusSeconds } from '../../../shared/core/time/instant.ts'
import type { DeployedStack } from './deployed-stack.ts'
import { MeteredMuster } from './metered-muster.ts'
import { sampleEvent } from './sample-events.ts'
import { meteredDirectory, SEATS } from './sample-organisation.ts'
import { sumOf, type Usage } from './usage.ts'

const OPENED: Instant = '2027-03-10T09:00:00.000Z'
const MINUTE = 60
const HOUR = 60 * MINUTE
/** The first people's windows of five minutes have elapsed, and the second ones have had a text. */
const ANSWERED_AFTER = 5 * MINUTE + 200
/** How long somebody takes to answer a check-in. */
const ANSWER_SECONDS = 60
const CLOSED_AFTER = 4 * HOUR
/** The clock's last warning is at the end of its 72 hours, which count from the next full hour. */
const SUBMITTED_AFTER = 73 * HOUR + MINUTE
const COMMANDER = `${SEATS[0]}-2`
const COUNSEL = `${SEATS[3]}-2`

/** What one part of an incident uses. */
export interface StoryPart {
  readonly name: string
  readonly usage: Usage
}

export interface IncidentStory {
  readonly parts: readonly StoryPart[]
  /** All parts, with what it leaves in the tables. */
  readonly usage: Usage
  /** What one minute of one console page uses while the incident is open: a look every two seconds. */
  readonly consoleMinute: Usage
}

/**
 * One incident from its finding to the last warning of its clock: nobody answers at first, then one for each of the four
 * seats by the link; check-ins are answered for four hours; the clock is confirmed, and warns for its 72 hours.
 */
export async function incidentStory(stack: DeployedStack): Promise<IncidentStory> {
  const directory = meteredDirectory()
  const muster = await MeteredMuster.start({ now: OPENED, directory, stack, cold: 'incident' })
  const before = await muster.storedGb()
  const parts: StoryPart[] = []
  const part = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    await work()
    parts.push({ name, usage: muster.taken() })
  }
  let incidentId = ''
  await part('a new finding, four seats paged', async () => {
    incidentId = (await muster.ingest([sampleEvent('1', OPENED)]))[0] ?? ''
    await muster.settle()
  })
  await part('nobody answers: texts, then the next four people', () =>
    muster.advanceTo(plusSeconds(OPENED, ANSWERED_AFTER)),
  )
  await part('four acknowledgements by link', async () => {
    for (const role of SEATS) await pressLatest(muster, role)
  })
  const consoleMinute = await lookForAMinute(muster)
  await part('check-ins for four hours, answered by link', () => answerCheckIns(muster))
  await part('the clock confirmed, the incident closed', async () => {
    await post(muster, `/v1/incidents/${incidentId}/clocks/${await clockOf(muster, incidentId)}/confirm`, COUNSEL)
    await post(muster, `/v1/incidents/${incidentId}/close`, COMMANDER)
  })
  await part('warnings of the clock for 72 hours, then its submission', async () => {
    await muster.advanceTo(plusSeconds(OPENED, SUBMITTED_AFTER))
    const clockId = await clockOf(muster, incidentId)
    await post(muster, `/v1/incidents/${incidentId}/clocks/${clockId}/stages/authority/submit`, COUNSEL)
  })
  const storedGb = (await muster.storedGb()) - before
  const usage = sumOf(...parts.map((one) => one.usage), { storedGb, restorableGb: storedGb })
  return { parts, usage, consoleMinute }
}

/** Opens the link of the newest message for a seat and presses its button, as a browser does. */
async function pressLatest(muster: MeteredMuster, role: string): Promise<void> {
  const ofSeat = muster.calls.sent.flatMap(({ channel, seats }) =>
    seats.filter((seat) => seat.role === role && channel === 'email'),
  )
  const seat = ofSeat.at(-1)
  if (seat === undefined) throw new Error(`no message for ${role}`)
  const { pathname } = new URL(seat.acknowledgeUrl)
  const page = await muster.call('GET', pathname)
  const html = await page.text()
  const hidden = ['nonce', 'proof'].map((name) => [name, new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1]])
  const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const form = new URLSearchParams({ ...Object.fromEntries(hidden), code: seat.code ?? '' })
  const pressed = await muster.call('POST', pathname, form.toString(), { cookie })
  if (pressed.status !== 200) throw new Error(`the press for ${role} was answered with ${pressed.status}`)
  await muster.settle()
}

/** Whoever is asked whether they are still on it says so a minute later. */
async function answerCheckIns(muster: MeteredMuster): Promise<void> {
  const until = plusSeconds(OPENED, CLOSED_AFTER)
  let seen = muster.calls.sent.length
  while (muster.now < until) {
    await muster.advanceTo(plusSeconds(muster.now, ANSWER_SECONDS))
    const asked = muster.calls.sent.slice(seen).filter(({ kind }) => kind === 'check-in')
    seen = muster.calls.sent.length
    for (const role of new Set(asked.flatMap(({ seats }) => seats.map((seat) => seat.role)))) {
      await pressLatest(muster, role)
    }
  }
}

async function lookForAMinute(muster: MeteredMuster): Promise<Usage> {
  muster.taken()
  let tag = ''
  for (let look = 0; look < 30; look += 1) {
    const answer = await muster.call('GET', '/console/incidents', undefined, { 'if-none-match': tag })
    tag = answer.headers.get('etag') ?? ''
  }
  return muster.taken()
}

async function clockOf(muster: MeteredMuster, incidentId: string): Promise<string> {
  const answer = await muster.call('GET', `/v1/incidents/${incidentId}`)
  const { clocks } = (await answer.json()) as { clocks: { id: string }[] }
  const [clock] = clocks
  if (clock === undefined) throw new Error('the incident has no clock')
  return encodeURIComponent(clock.id)
}

async function post(muster: MeteredMuster, path: string, responderId: string): Promise<void> {
  const body = JSON.stringify({
    responderId,
    reason: 'A sample of what is written here.',
    submittedAt: path.endsWith('/submit') ? muster.now : undefined,
  })
  const headers = { 'content-type': 'application/json', 'idempotency-key': `sample-${path.length}-${muster.now}` }
  const answer = await muster.call('POST', path, body, headers)
  if (answer.status !== 200) throw new Error(`POST ${path} was answered with ${answer.status}: ${await answer.text()}`)
  await muster.settle()
}
