import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sqsQueues } from '../../shared/adapters/sqs/queues.ts'
import { parseQueuedEffect, parseQueuedWake } from '../../shared/app/queued-messages.ts'
import { epochMs, instantOf, plusMs } from '../../shared/core/time/instant.ts'
import type { QueuedEffect, Queues } from '../../shared/ports/queues.ts'
import { RecordingSqs } from './recording-sqs.ts'

const NOW = '2027-03-28T00:59:30.250Z'
const BASE = 'https://sqs.us-east-1.amazonaws.com/123456789012'
const URLS = {
  messages: { email: `${BASE}/email`, sms: `${BASE}/sms` },
  otherMessages: `${BASE}/others`,
  wakes: `${BASE}/wakes`,
}

const sqs = new RecordingSqs()
let queues: Queues

beforeAll(async () => {
  await sqs.start()
  queues = sqsQueues({ client: sqs.client(), urls: URLS, time: { now: () => NOW } })
})
afterAll(() => sqs.stop())
beforeEach(() => sqs.reset())

function effect(n: number, channel = 'email'): QueuedEffect {
  const effectId = `inc-1.${n}.1`
  return { incidentId: 'inc-1', effectId, kind: 'page', responderId: 'ana', channelId: `ana-${channel}`, channel }
}

function effects(count: number, channel?: string): QueuedEffect[] {
  return Array.from({ length: count }, (_, n) => effect(n, channel))
}

describe('messages on their way into the queues', () => {
  test('each channel has a queue of its own, the others share one', async () => {
    const channels = ['email', 'sms', 'slack', 'email', 'constructor', '__proto__', 'wakes']
    const sent = channels.map((channel, n) => effect(n, channel))
    await queues.sendEffects(sent)
    const arrived = sqs.batches.flatMap(({ queue, entries }) =>
      entries.map(({ MessageBody }) => [queue, JSON.parse(MessageBody).channel]),
    )
    expect(arrived.toSorted()).toEqual(
      [
        ['email', 'email'],
        ['email', 'email'],
        ['others', '__proto__'],
        ['others', 'constructor'],
        ['others', 'slack'],
        ['others', 'wakes'],
        ['sms', 'sms'],
      ].toSorted(),
    )
  })

  test('a body is what was queued and nothing else, to be delivered at once', async () => {
    await queues.sendEffects([{ ...effect(1), address: 'ana@example.com' } as QueuedEffect])
    const [entry] = sqs.batches[0]?.entries ?? []
    expect(JSON.parse(entry?.MessageBody ?? '')).toEqual(effect(1))
    expect(entry).not.toHaveProperty('DelaySeconds')
    expect(sqs.server.calls[0]?.contentType).toBe('application/x-amz-json-1.0')
  })

  test.each([
    [0, []],
    [1, [1]],
    [10, [10]],
    [11, [1, 10]],
    [25, [5, 10, 10]],
  ])('%i messages, in batches of at most ten', async (count, sizes) => {
    await queues.sendEffects(effects(count))
    expect(sqs.batches.map(({ entries }) => entries.length).toSorted((a, b) => a - b)).toEqual(sizes)
    const ids = sqs.batches.flatMap(({ entries }) =>
      entries.map(({ MessageBody }) => parseQueuedEffect(MessageBody).effectId),
    )
    expect(ids.toSorted()).toEqual(
      effects(count)
        .map(({ effectId }) => effectId)
        .toSorted(),
    )
    for (const { entries } of sqs.batches) expect(new Set(entries.map(({ Id }) => Id)).size).toBe(entries.length)
  })
})

describe('wakes', () => {
  async function delayUntil(wakeAt: string): Promise<number | undefined> {
    await queues.sendWakes([{ incidentId: 'inc-1', wakeAt }])
    return sqs.batches.at(-1)?.entries[0]?.DelaySeconds
  }

  test.each([
    [-3_600_000, 0],
    [-1, 0],
    [0, 0],
    [1, 1],
    [999, 1],
    [1000, 1],
    [1001, 2],
    [59_999, 60],
    [60_000, 60],
    [60_001, 61],
    [898_999, 899],
    [899_000, 899],
    [899_001, 900],
    [899_999, 900],
    [900_000, 900],
    [900_001, 900],
    [86_400_000, 900],
  ])('due in %i ms: held back for %i s', async (ms, seconds) => {
    expect(await delayUntil(plusMs(NOW, ms))).toBe(seconds)
  })

  test('never early, less than a second late, within what a queue can hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -10_000, max: 900_000 }), async (ms) => {
        const delay = await delayUntil(plusMs(NOW, ms))
        expect(delay).toBeGreaterThanOrEqual(ms / 1000)
        expect(delay).toBeLessThan(Math.max(ms / 1000, 0) + 1)
      }),
      { numRuns: 50 },
    )
  })

  test('a body names incident and instant; all go into one queue', async () => {
    const wakes = Array.from({ length: 12 }, (_, n) => ({ incidentId: `inc-${n}`, wakeAt: plusMs(NOW, n * 1000) }))
    await queues.sendWakes(wakes)
    expect(new Set(sqs.batches.map(({ queue }) => queue))).toEqual(new Set(['wakes']))
    const arrived = sqs.batches.flatMap(({ entries }) => entries.map(({ MessageBody }) => parseQueuedWake(MessageBody)))
    expect(arrived).toHaveLength(12)
    expect(arrived).toEqual(expect.arrayContaining(wakes))
  })

  test('a later try counts from its own time', async () => {
    let nowMs = epochMs(NOW)
    const late = sqsQueues({ client: sqs.client(), urls: URLS, time: { now: () => instantOf(nowMs) } })
    sqs.judge = () => {
      nowMs += 3000
      return nowMs - epochMs(NOW) > 3000 ? null : { Code: 'InternalError', SenderFault: false }
    }
    await late.sendWakes([{ incidentId: 'inc-1', wakeAt: plusMs(NOW, 10_000) }])
    expect(sqs.batches.map(({ entries }) => entries[0]?.DelaySeconds)).toEqual([10, 7])
  })
})
