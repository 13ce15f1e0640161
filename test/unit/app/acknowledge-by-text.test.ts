import { beforeEach, describe, expect, it } from 'vitest'
import { acknowledgeByText } from '../../../shared/app/acknowledge-by-text.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import type { Command } from '../../../shared/core/incident/commands.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import type { AlarmName } from '../../../shared/ports/alarms.ts'
import type { InMemoryMuster } from './in-memory-muster.ts'
import { COMMANDER, codeShown, NUMBER, SEAT, textMuster } from './text-muster.ts'

const DAY = 24 * 3600
/** The second commander's. */
const OTHER_NUMBER = '+12025550102'

let muster: InMemoryMuster
let incidentId: string
let alarms: { readonly name: AlarmName; readonly detail: Readonly<Record<string, string | number>> }[]
let texts = 0

beforeEach(async () => {
  muster = await textMuster()
  incidentId = await muster.open()
  alarms = []
})

/** Somebody texts; the id is new unless it is given. */
async function text(body: string, from = NUMBER, id = `text-${++texts}`): Promise<void> {
  const deps = { ...muster.deps, alarms: { raise: (name: AlarmName, detail: object) => note(name, detail) } }
  await acknowledgeByText(deps, { kind: 'text', id, from, body })
}

function note(name: AlarmName, detail: object): void {
  alarms.push({ name, detail: detail as Readonly<Record<string, string | number>> })
}

async function act(command: Command, on = incidentId): Promise<void> {
  const actor = 'responderId' in command ? command.responderId : 'muster'
  const request = { now: muster.now, actor, causes: [`act-${++texts}`], patience: PERSON }
  await runCommand(muster.deps, { ...request, incidentId: on, command: () => command })
  await muster.follow(on)
}

const holder = async (on = incidentId, role = SEAT) =>
  (await muster.state(on)).seats.find((seat) => seat.role === role)?.holder
const why = () => alarms.map(({ detail }) => detail.why)

describe('a text with a code', () => {
  it('takes the seat that it was shown for, by text', async () => {
    await text(`ack ${codeShown(muster, COMMANDER)}`)
    expect(await holder()).toBe(COMMANDER)
    expect(alarms).toEqual([])
  })

  it('again, by the same person, changes nothing and is fine', async () => {
    const body = `ACK ${codeShown(muster, COMMANDER)}`
    await text(body)
    const { sequence } = await muster.state(incidentId)
    await text(body)
    expect((await muster.state(incidentId)).sequence).toBe(sequence)
    expect(alarms).toEqual([])
  })

  it('declines it, and the next person is called at once', async () => {
    await text(`DECLINE ${codeShown(muster, COMMANDER)} on a plane`)
    await muster.follow(incidentId)
    expect(muster.pages(SEAT)).toEqual([COMMANDER, 'incident-commander-2'])
  })

  it.each(['with the code', 'without it'])('answers a check-in, %s', async (how) => {
    const { directory } = await muster.deps.directory.current()
    await muster.use({
      ...directory,
      policies: directory.policies.map((one) => ({ ...one, checkInAfterSeconds: 600 })),
    })
    await act({ type: 'AcknowledgeSeat', role: SEAT, responderId: 'incident-commander-2', via: 'api' })
    incidentId = await muster.open('second', 'another')
    const code = codeShown(muster, COMMANDER)
    await text(`ACK ${code}`)
    await muster.follow(incidentId)
    await muster.advance(incidentId, 601)
    const checkIn = async () => (await muster.state(incidentId)).seats.find(({ role }) => role === SEAT)?.checkIn
    expect(await checkIn()).not.toBeNull()
    await text(how === 'with the code' ? `ACK ${code}` : 'ACK')
    expect(await checkIn()).toBeNull()
    expect(await holder()).toBe(COMMANDER)
    expect(alarms).toEqual([])
  })

  it('lives for a day', async () => {
    const body = `ACK ${codeShown(muster, COMMANDER)}`
    await text(body)
    muster.now = plusSeconds(muster.now, DAY)
    await text(body)
    expect(why()).toEqual(['UnknownCode'])
  })

  it('works from a number that the directory writes in another way', async () => {
    await text(`ACK ${codeShown(muster, COMMANDER)}`, NUMBER.slice(1))
    expect(await holder()).toBe(COMMANDER)
  })
})

describe('a text without a code', () => {
  it.each(['ACK', ' ack. '])('%j takes the only seat that its sender is called for', async (body) => {
    await text(body)
    expect(await holder()).toBe(COMMANDER)
  })

  it('does so too after the window, while nobody else has taken it', async () => {
    await muster.advance(incidentId, 400)
    await text('ACK')
    expect(await holder()).toBe(COMMANDER)
  })

  it('declines', async () => {
    await text('decline')
    await muster.follow(incidentId)
    expect(muster.pages(SEAT)).toContain('incident-commander-2')
  })

  it('must say which, when there are several', async () => {
    const second = await muster.open('second', 'another')
    await text('ACK')
    expect([await holder(), await holder(second)]).toEqual([null, null])
    expect(why()).toEqual(['SeveralOpenCalls'])
    await text(`ACK ${codeShown(muster, COMMANDER)}`)
    expect(await holder(second)).toBe(COMMANDER)
    await text('ACK')
    expect(await holder()).toBe(COMMANDER)
  })

  it('means the call that runs, not one whose window is over', async () => {
    await muster.advance(incidentId, 400)
    const second = await muster.open('second', 'another')
    await text('ACK')
    expect([await holder(), await holder(second)]).toEqual([null, COMMANDER])
  })

  it('means nothing once the seat is taken, or the incident is closed', async () => {
    await act({ type: 'AcknowledgeSeat', role: SEAT, responderId: 'incident-commander-2', via: 'api' })
    await text('ACK')
    await act({ type: 'CloseIncident', responderId: 'incident-commander-2', note: 'done' })
    await text('ACK')
    expect(why()).toEqual(['NoOpenCall', 'NoOpenCall'])
  })

  it('of whoever holds the seat already is fine; only by name is it given up', async () => {
    await text('ACK')
    await text('ACK')
    expect(alarms).toEqual([])
    await text('DECLINE')
    expect(why()).toEqual(['NoOpenCall'])
    expect(await holder()).toBe(COMMANDER)
    await text(`DECLINE ${codeShown(muster, COMMANDER)}`)
    expect(await holder()).toBeNull()
  })

  it('is a sign of life of a holder who was silent', async () => {
    const { directory } = await muster.deps.directory.current()
    const policies = directory.policies.map((one) => ({ ...one, checkInAfterSeconds: 600 }))
    await act({ type: 'AcknowledgeSeat', role: SEAT, responderId: 'incident-commander-2', via: 'api' })
    await muster.use({ ...directory, policies })
    incidentId = await muster.open('second', 'another')
    await text('ACK')
    await muster.follow(incidentId)
    await muster.advance(incidentId, 901)
    const silent = async () => (await muster.state(incidentId)).seats.find(({ role }) => role === SEAT)?.silent
    expect(await silent()).toBe(true)
    await text('ACK')
    expect([await silent(), await holder()]).toEqual([false, COMMANDER])
  })

  it('never means a seat of which its sender got no text', async () => {
    await text('ACK', OTHER_NUMBER)
    expect(why()).toEqual(['NoOpenCall'])
  })
})

describe('the same text, delivered again', () => {
  it('never takes another seat', async () => {
    await text('ACK', NUMBER, 'once')
    const second = await muster.open('second', 'another')
    await text('ACK', NUMBER, 'once')
    expect([await holder(), await holder(second)]).toEqual([COMMANDER, null])
    expect(alarms).toEqual([])
  })

  it('does not take back a seat that was given up since', async () => {
    const body = `ACK ${codeShown(muster, COMMANDER)}`
    await text(body, NUMBER, 'once')
    await act({ type: 'DeclineSeat', role: SEAT, responderId: COMMANDER, note: null })
    await text(body, NUMBER, 'once')
    expect(await holder()).toBeNull()
  })
})

describe('a text that changes nothing is an alarm, without a number or a word of it', () => {
  it.each([
    ['who is this?', NUMBER, 'NoAnswer'],
    ['ACK', '+12025550999', 'UnknownNumber'],
    ['ACK 0001', NUMBER, 'UnknownCode'],
  ])('%j from %s', async (body, from, expected) => {
    await text(body, from, 'sample')
    expect(alarms).toEqual([{ name: 'ReplyNotUnderstood', detail: { textId: 'sample', why: expected } }])
  })

  it('says which seat, where that is known: held by another', async () => {
    await act({ type: 'AcknowledgeSeat', role: SEAT, responderId: 'incident-commander-2', via: 'api' })
    await text(`ACK ${codeShown(muster, COMMANDER)}`, NUMBER, 'late')
    const detail = { textId: 'late', why: 'HeldByAnother', incidentId, role: SEAT, responderId: COMMANDER }
    expect(alarms).toEqual([{ name: 'ReplyNotUnderstood', detail }])
  })

  it('a closed incident', async () => {
    await act({ type: 'AcknowledgeSeat', role: SEAT, responderId: COMMANDER, via: 'api' })
    await act({ type: 'CloseIncident', responderId: COMMANDER, note: 'done' })
    await text(`ACK ${codeShown(muster, COMMANDER)}`)
    expect(why()).toEqual(['Closed'])
  })

  it('a channel that is not verified has no say', async () => {
    const { directory } = await muster.deps.directory.current()
    const unverified = directory.responders.map((one) => {
      return { ...one, channels: one.channels.map((channel) => ({ ...channel, verified: channel.kind !== 'sms' })) }
    })
    await muster.use({ ...directory, responders: unverified })
    await text(`ACK ${codeShown(muster, COMMANDER)}`)
    expect(why()).toEqual(['UnknownNumber'])
  })

  it.each(['STOP', 'help'])('%s is left to the service', async (body) => {
    await text(body)
    expect(alarms).toEqual([])
  })
})

describe('two people with one number', () => {
  it('are told apart by the code', async () => {
    const { directory } = await muster.deps.directory.current()
    const [first, ...others] = directory.responders
    const shared = others.map((one) =>
      one.id === 'legal-counsel-1' && first ? { ...one, channels: first.channels } : one,
    )
    await muster.use({ ...directory, responders: [...(first ? [first] : []), ...shared] })
    await text(`ACK ${codeShown(muster, 'legal-counsel-1', 'legal-counsel')}`)
    expect([await holder(), await holder(incidentId, 'legal-counsel')]).toEqual([null, 'legal-counsel-1'])
  })
})
