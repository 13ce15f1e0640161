import { beforeEach, describe, expect, it } from 'vitest'
import { readReply, receiveReply } from '../../../shared/app/receive-reply.ts'
import { receiptKey } from '../../../shared/app/rows/keys.ts'
import { PermanentFault } from '../../../shared/ports/faults.ts'
import { sampleText } from '../sources/sample-events.ts'
import type { InMemoryMuster } from './in-memory-muster.ts'
import { COMMANDER, codeShown, NUMBER, SEAT, textMuster } from './text-muster.ts'

let muster: InMemoryMuster
let incidentId: string

beforeEach(async () => {
  muster = await textMuster()
  incidentId = await muster.open()
})

const sample = (name: string) => JSON.parse(sampleText(`replies/${name}`))
const receive = (body: object) => receiveReply(muster.deps, readReply(JSON.stringify(body)))

describe('what comes back', () => {
  it('of a text: a number that is invalid moves the call on', async () => {
    const page = muster.sent.find(({ responderId }) => responderId === COMMANDER)
    const event = { ...sample('text-invalid-number'), context: { effectId: page?.effectId, incidentId } }
    expect(await receive(event)).toEqual({ status: 'done' })
    await muster.follow(incidentId)
    expect(muster.pages(SEAT)).toEqual([COMMANDER, COMMANDER])
    expect((await muster.state(incidentId)).refusedChannels).toEqual([`${COMMANDER}/phone`])
  })

  it('of a mail: its delivery is on a row', async () => {
    const event = sample('mail-delivered')
    expect(await receive(event)).toEqual({ status: 'done' })
    const key = receiptKey('inc-0123456789abcdef.12.3', event.id)
    expect(await muster.table.get('incidents', key)).toMatchObject({ type: 'Delivery', meaning: 'noted' })
  })

  it('from a person: an answer takes the seat', async () => {
    const messageBody = `ack ${codeShown(muster, COMMANDER)}`
    await receive({ ...sample('incoming-acknowledge'), messageBody, originationNumber: NUMBER })
    const seat = (await muster.state(incidentId)).seats.find(({ role }) => role === SEAT)
    expect(seat?.holder).toBe(COMMANDER)
  })
})

describe('what cannot be read', () => {
  it('is a fault that names where and what was expected, but not what was found', () => {
    const read = () => readReply(sampleText('replies/broken-mail-other-effect'))
    expect(read).toThrow(PermanentFault)
    expect(read).toThrow('reply: detail.mail.tags.effect: expected the id of a message of Muster’s')
    expect(() => readReply('+12025550101')).toThrow(/^reply: \(body\): expected JSON: an event of SES[^+]*$/)
  })
})
