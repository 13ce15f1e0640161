import { beforeEach, describe, expect, it } from 'vitest'
import { loadHistory } from '../../../shared/app/load-incident.ts'
import { recordReceipt } from '../../../shared/app/record-receipt.ts'
import { effectKey, receiptKey } from '../../../shared/app/rows/keys.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import type { EventType } from '../../../shared/core/incident/events.ts'
import { PermanentFault, TransientFault } from '../../../shared/ports/faults.ts'
import type { Receipt, ReceiptMeaning } from '../../../shared/sources/replies/reply.ts'
import { PROOF_ACCOUNTS } from '../../proof/proof-organisation.ts'
import { finding, type InMemoryMuster } from './in-memory-muster.ts'
import { COMMANDER, SEAT, textMuster } from './text-muster.ts'

let muster: InMemoryMuster
let incidentId: string

beforeEach(async () => {
  muster = await textMuster()
  incidentId = await muster.open()
})

/** The last message of a kind to a person. */
function messageTo(responderId: string, kind = 'page'): string {
  const message = muster.sent.findLast((one) => one.responderId === responderId && one.kind === kind)
  if (!message) throw new Error(`no ${kind} to ${responderId}`)
  return message.effectId
}

function receipt(effectId: string, meaning: ReceiptMeaning, id = 'receipt-1'): Receipt {
  return { kind: 'receipt', id, effectId, type: 'Sample', meaning, at: muster.now }
}

async function receive(...receipts: Receipt[]): Promise<void> {
  for (const one of receipts) await recordReceipt(muster.deps, one)
  await muster.follow(incidentId)
}

const commits = () => loadHistory(muster.table, incidentId)
const count = async (type: EventType) =>
  (await commits()).flatMap(({ events }) => events).filter((event) => event.type === type).length
const channelsTo = (responderId: string) =>
  muster.sent.filter((message) => message.responderId === responderId).map(({ channel }) => channel)

async function take(responderId: string): Promise<void> {
  await runCommand(muster.deps, {
    incidentId,
    now: muster.now,
    actor: responderId,
    causes: ['taken'],
    patience: PERSON,
    command: () => ({ type: 'AcknowledgeSeat', role: SEAT, responderId, via: 'api' }),
  })
  await muster.follow(incidentId)
}

describe('a receipt', () => {
  it('that changes no decision is a row, and no commit', async () => {
    const before = (await commits()).length
    const effectId = messageTo(COMMANDER)
    await receive(receipt(effectId, 'noted'))
    expect(await muster.table.get('incidents', receiptKey(effectId, 'receipt-1'))).toEqual({
      ...receiptKey(effectId, 'receipt-1'),
      type: 'Sample',
      meaning: 'noted',
      at: muster.now,
      receivedAt: muster.now,
    })
    expect(await commits()).toHaveLength(before)
  })

  it('again, also later, leaves the row as it was', async () => {
    const effectId = messageTo(COMMANDER)
    const first = receipt(effectId, 'noted')
    await receive(first)
    const row = await muster.table.get('incidents', receiptKey(effectId, 'receipt-1'))
    await muster.advance(incidentId, 60)
    await receive(first)
    expect(await muster.table.get('incidents', receiptKey(effectId, 'receipt-1'))).toEqual(row)
  })

  it.each([
    ['failed', []],
    ['refused', [`${COMMANDER}/phone`]],
  ] as const)('that says %s calls the next channel at once', async (meaning, refused) => {
    await receive(receipt(messageTo(COMMANDER), meaning))
    expect(channelsTo(COMMANDER)).toEqual(['sms', 'email'])
    expect((await muster.state(incidentId)).refusedChannels).toEqual(refused)
    expect(muster.alarms.includes('ChannelRefused')).toBe(meaning === 'refused')
    const failed = (await commits()).flatMap(({ events }) => events).filter(({ type }) => type === 'MessageFailed')
    expect(failed).toMatchObject([{ data: { detail: 'Sample' } }])
  })

  it('of the person’s last channel calls the next person at once', async () => {
    await receive(receipt(messageTo(COMMANDER), 'refused'))
    await receive(receipt(messageTo(COMMANDER), 'refused'))
    expect(muster.pages(SEAT)).toEqual([COMMANDER, COMMANDER, 'incident-commander-2'])
  })

  it.each(['failed', 'refused'] as const)('%s, again, twice or long after, changes nothing more', async (meaning) => {
    const effectId = messageTo(COMMANDER)
    await receive(receipt(effectId, meaning), receipt(effectId, meaning))
    await receive(receipt(effectId, meaning), receipt(effectId, meaning, 'receipt-2'))
    expect(await count('MessageFailed')).toBe(1)
    expect(channelsTo(COMMANDER)).toEqual(['sms', 'email'])
  })

  it('whose commit is there and whose row is not is known by its cause, also when the head has passed it', async () => {
    const effectId = messageTo(COMMANDER)
    const { put } = muster.table
    muster.table.put = async (...args) => {
      if (args[1].sk.startsWith('R#')) throw new TransientFault('throttled')
      return put.apply(muster.table, args)
    }
    await expect(receive(receipt(effectId, 'failed'))).rejects.toBeInstanceOf(TransientFault)
    await muster.follow(incidentId)
    muster.table.put = put
    const before = (await commits()).length
    await receive(receipt(effectId, 'failed'))
    expect(await commits()).toHaveLength(before)
    expect(await muster.table.get('incidents', receiptKey(effectId, 'receipt-1'))).not.toBeNull()
  })

  it('when the seat is taken: a failure is a row only, a refusal marks the channel and calls nobody', async () => {
    const effectId = messageTo(COMMANDER)
    await take('incident-commander-2')
    const before = (await commits()).length
    await receive(receipt(effectId, 'failed'))
    expect(await commits()).toHaveLength(before)
    await receive(receipt(effectId, 'refused', 'receipt-2'))
    expect((await muster.state(incidentId)).refusedChannels).toEqual([`${COMMANDER}/phone`])
    expect(channelsTo(COMMANDER)).toEqual(['sms'])
  })
})

describe('a receipt that is faster than its sender', () => {
  it('comes again later, and then counts', async () => {
    const effectId = messageTo(COMMANDER)
    const row = await muster.table.get('incidents', effectKey(effectId))
    if (row === null) throw new Error('no claim')
    await muster.table.update('incidents', effectKey(effectId), { remove: ['answer'] })
    await expect(receive(receipt(effectId, 'refused'))).rejects.toBeInstanceOf(TransientFault)
    expect(await muster.table.get('incidents', receiptKey(effectId, 'receipt-1'))).toBeNull()
    await muster.table.put('incidents', row)
    await receive(receipt(effectId, 'refused'))
    expect(channelsTo(COMMANDER)).toEqual(['sms', 'email'])
  })

  it('of a message that nobody sent never counts', async () => {
    for (const lost of ['inc-none.1.1', `${incidentId}.1.99`]) {
      await expect(receive(receipt(lost, 'refused'))).rejects.toBeInstanceOf(PermanentFault)
    }
  })
})

describe('what is no page', () => {
  it('a warning about clocks that came back is given on the next channel at once', async () => {
    const [opened] = await muster.ingest(finding('leak', 'user', muster.now, PROOF_ACCOUNTS[0]))
    incidentId = opened?.incidentId ?? ''
    await muster.follow(incidentId)
    const warned = () => muster.sent.filter(({ kind }) => kind === 'clock').map(({ channel }) => channel)
    expect(warned()).toEqual(['sms'])
    await muster.advance(incidentId, 120)
    await receive(receipt(messageTo('legal-counsel-1', 'clock'), 'failed'))
    expect(warned()).toEqual(['sms', 'email'])
  })

  /** The holder was told that the incident is open again. */
  async function reopened(): Promise<string> {
    await take(COMMANDER)
    await runCommand(muster.deps, {
      incidentId,
      now: muster.now,
      actor: COMMANDER,
      causes: ['closed'],
      patience: PERSON,
      command: () => ({ type: 'CloseIncident', responderId: COMMANDER, note: 'done' }),
    })
    await muster.follow(incidentId)
    await muster.ingest(finding('second', 'user', muster.now))
    await muster.follow(incidentId)
    return messageTo(COMMANDER, 'notice')
  }

  it.each(['failed', 'refused'] as const)(
    'a notice that came back as %s goes to the next channel, once',
    async (meaning) => {
      const notice = await reopened()
      const notices = () => muster.sent.filter(({ kind }) => kind === 'notice')
      await receive(receipt(notice, meaning))
      await receive(receipt(notice, meaning), receipt(notice, meaning, 'receipt-2'))
      expect(notices().map(({ channel }) => channel)).toEqual(['sms', 'email'])
      expect(new Set(notices().map(({ text }) => text)).size).toBe(1)
    },
  )

  it('a notice goes on though its channel was refused for another message before', async () => {
    const notice = await reopened()
    const page = muster.sent.find(({ responderId, kind }) => responderId === COMMANDER && kind === 'page')
    await receive(receipt(page?.effectId ?? '', 'refused'))
    await receive(receipt(notice, 'refused'))
    expect(muster.sent.filter(({ kind }) => kind === 'notice').map(({ channel }) => channel)).toEqual(['sms', 'email'])
  })
})
