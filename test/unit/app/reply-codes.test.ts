import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { findReplyCode, keepReplyCodes, openCode } from '../../../shared/app/reply-codes.ts'
import type { StoredCommit } from '../../../shared/app/rows/commit-row.ts'
import { replyCodeKey } from '../../../shared/app/rows/keys.ts'
import { type CodedSeat, candidateCodes, replyCodeRow } from '../../../shared/app/rows/reply-code-row.ts'
import type { IncidentEvent } from '../../../shared/core/incident/events.ts'
import { type Instant, plusSeconds } from '../../../shared/core/time/instant.ts'
import { TransientFault } from '../../../shared/ports/faults.ts'
import { START } from './in-memory-muster.ts'
import { COMMANDER, codeShown, SEAT, textMuster } from './text-muster.ts'

const DAY = 24 * 3600
const HERE: CodedSeat = { incidentId: 'inc-here', role: SEAT, responderId: 'ana' }
const elsewhere = (place: number): CodedSeat => ({ ...HERE, incidentId: `inc-elsewhere-${place}` })

let table: MemoryTable

beforeEach(() => {
  table = new MemoryTable()
})

/** A commit that pages Ana for these seats. */
function paging(at: Instant, seats: readonly CodedSeat[], channel = 'sms'): StoredCommit {
  const events = seats.map(({ role, responderId }, index): IncidentEvent => {
    const effectId = `inc-here.1.${index + 1}`
    const target = { effectId, bundleId: effectId, responderId, channelId: 'phone', channel, channelsLeft: [] }
    return { type: 'PageRequested', v: 1, data: { ...target, role, round: 1, reason: 'OnCall' } }
  })
  const { incidentId } = seats[0] ?? HERE
  const stored = { incidentId, sequence: 1, at, actor: 'muster', directoryVersion: 'v', causes: [], previousHash: '' }
  return { ...stored, events, hash: 'h', marked: true }
}

const page = (at: Instant, ...seats: CodedSeat[]) =>
  keepReplyCodes(table, paging(at, seats.length > 0 ? seats : [HERE]))
const shown = (seat = HERE) => findReplyCode(table, 'sms', seat)

/** Lays another incident's row on the first `count` of the seat's codes. */
async function occupied(count: number, at: Instant): Promise<string[]> {
  const codes = candidateCodes(HERE)
  for (const [place, code] of codes.slice(0, count).entries()) {
    await table.put('incidents', replyCodeRow({ ...elsewhere(place), code, at }))
  }
  return codes
}

describe('a seat’s code', () => {
  it('has four digits and is the same for the same seat and person', async () => {
    await page(START)
    const code = await shown()
    expect(code).toMatch(/^[1-9]\d{3}$/)
    await page(plusSeconds(START, 60))
    expect(await shown()).toBe(code)
    expect(candidateCodes(HERE)[0]).toBe(code)
  })

  it('differs by incident, seat and person', () => {
    const others = [elsewhere(1), { ...HERE, role: 'legal-counsel' }, { ...HERE, responderId: 'ben' }]
    const first = [HERE, ...others].map((seat) => candidateCodes(seat)[0])
    expect(new Set(first).size).toBe(4)
  })

  it('is only given to pages by text', async () => {
    await keepReplyCodes(table, paging(START, [HERE], 'email'))
    expect(await shown()).toBeNull()
    await page(START)
    expect(await findReplyCode(table, 'email', HERE)).toBeNull()
    expect(await findReplyCode(table, 'voice', HERE)).toBeNull()
  })

  it('is given to each seat that one commit pages for', async () => {
    const legal = { ...HERE, role: 'legal-counsel' }
    const ben = { ...HERE, responderId: 'ben' }
    await page(START, HERE, legal, ben)
    for (const seat of [HERE, legal, ben]) expect(await shown(seat)).toBe(candidateCodes(seat)[0])
  })

  it('lives for a day after the last page that showed it', async () => {
    await page(START)
    const code = (await shown()) ?? ''
    const isOpen = async (seconds: number) => (await openCode(table, 'ana', code, plusSeconds(START, seconds))) !== null
    expect([await isOpen(0), await isOpen(DAY - 1), await isOpen(DAY)]).toEqual([true, true, false])
    await page(plusSeconds(START, 3600))
    expect(await isOpen(DAY)).toBe(true)
    // A dispatcher that is late does not take it back.
    await page(plusSeconds(START, 60))
    expect([await isOpen(DAY + 3599), await isOpen(DAY + 3600)]).toEqual([true, false])
  })

  it('that nobody gave, or that is another person’s, stands for nothing', async () => {
    await page(START)
    const code = (await shown()) ?? ''
    expect(await openCode(table, 'ana', '0000', START)).toBeNull()
    expect(await openCode(table, 'ben', code, START)).toBeNull()
  })
})

describe('a code that another incident has', () => {
  it('is left to it: the next one is taken, and stays', async () => {
    const codes = await occupied(2, START)
    await page(START)
    expect(await shown()).toBe(codes[2])
    expect(await openCode(table, 'ana', codes[0] ?? '', START)).toMatchObject({ incidentId: 'inc-elsewhere-0' })
    await page(plusSeconds(START, 2 * DAY))
    expect(await shown()).toBe(codes[2])
  })

  it('is taken over once a day has passed, when there is no other', async () => {
    const codes = await occupied(8, START)
    await page(plusSeconds(START, DAY))
    expect(await shown()).toBe(codes[0])
    expect(await openCode(table, 'ana', codes[0] ?? '', plusSeconds(START, DAY))).toMatchObject(HERE)
  })

  it('is taken over when its incident is closed, or was never opened', async () => {
    await occupied(8, START)
    await page(plusSeconds(START, 60))
    expect(await shown()).toBe(candidateCodes(HERE)[0])
  })

  it('another seat of the same incident counts as another', async () => {
    const legal = { ...HERE, role: 'legal-counsel' }
    const codes = candidateCodes(HERE)
    await table.put('incidents', replyCodeRow({ ...legal, code: codes[0] ?? '', at: START }))
    await page(START)
    expect(await shown()).toBe(codes[1])
  })

  it('leaves a page without a code when all of them stand for open incidents', async () => {
    const muster = await textMuster()
    const openId = await muster.open()
    const seat = { incidentId: 'inc-other', role: SEAT, responderId: COMMANDER }
    for (const code of candidateCodes(seat)) {
      await muster.table.put('incidents', replyCodeRow({ ...seat, incidentId: openId, code, at: muster.now }))
    }
    await keepReplyCodes(muster.table, paging(muster.now, [seat]))
    expect(await findReplyCode(muster.table, 'sms', seat)).toBeNull()
  })

  it('taken by another at the same moment is looked at again', async () => {
    const codes = candidateCodes(HERE)
    const { put } = table
    table.put = async (...args) => {
      table.put = put
      await table.put('incidents', replyCodeRow({ ...elsewhere(0), code: codes[0] ?? '', at: START }))
      return put.apply(table, args)
    }
    await page(START)
    expect(await shown()).toBe(codes[1])
  })

  it('comes again when others are always faster', async () => {
    table.put = async () => false
    await expect(page(START)).rejects.toBeInstanceOf(TransientFault)
  })
})

describe('sending', () => {
  it('shows the code that dispatch gave, in the text and to the provider, for pages by text only', async () => {
    const muster = await textMuster()
    await muster.open()
    const pages = muster.sent.filter(({ kind }) => kind === 'page')
    expect(pages).toHaveLength(4)
    for (const { channel, text, responderId, seats } of pages) {
      expect(channel).toBe('sms')
      for (const { role, replyCode } of seats) {
        expect(text).toContain(`ACK ${replyCode}`)
        const row = await muster.table.get('incidents', replyCodeKey(responderId, replyCode ?? ''))
        expect(row).toMatchObject({ role, at: muster.now })
      }
    }
  })

  it('shows the same code again on a later page', async () => {
    const muster = await textMuster()
    const incidentId = await muster.open()
    const first = codeShown(muster, COMMANDER)
    await muster.advance(incidentId, 1800)
    const pages = muster.sent.filter(({ responderId, channel }) => responderId === COMMANDER && channel === 'sms')
    expect(pages.length).toBeGreaterThan(1)
    expect(new Set(pages.flatMap(({ seats }) => seats.map(({ replyCode }) => replyCode)))).toEqual(new Set([first]))
    const mails = muster.sent.filter(({ channel }) => channel === 'email')
    expect(mails.flatMap(({ seats }) => seats.map(({ replyCode }) => replyCode)).every((code) => code === null)).toBe(
      true,
    )
  })

  it('a code that cannot be read now keeps no page back', async () => {
    const muster = await textMuster()
    const { get } = muster.table
    muster.table.get = async (...args) => {
      if (args[1].pk.startsWith('CODE#') && muster.effects.length === 0 && muster.wakes.length > 0) {
        throw new TransientFault('throttled')
      }
      return get.apply(muster.table, args)
    }
    await muster.open()
    expect(muster.sent.filter(({ kind }) => kind === 'page')).toHaveLength(4)
    expect(muster.sent.every(({ text }) => !text.includes('ACK'))).toBe(true)
  })

  it('a fault that trying again cannot help is not taken for a code', async () => {
    table.get = async () => Promise.reject(new Error('a bug'))
    await expect(shown()).rejects.toThrow('a bug')
  })
})
