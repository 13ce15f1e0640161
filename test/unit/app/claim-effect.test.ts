import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { type Claim, claimEffect, giveUpClaim, mayStillCall, writeAnswer } from '../../../shared/app/claim-effect.ts'
import type { Delivery } from '../../../shared/core/incident/commands.ts'

const EFFECT = 'inc-1.1.1'
const SENT: Delivery = {
  effectId: EFFECT,
  kind: 'page',
  responderId: 'ana',
  channelId: 'mail',
  outcome: 'sent',
  reason: null,
}

let nowMs: number
let deps: Parameters<typeof claimEffect>[0]

beforeEach(() => {
  nowMs = 1_000_000
  deps = { table: new MemoryTable(), real: { nowMs: () => nowMs, sleep: async () => {} }, leaseMs: 30_000 }
})

async function claimed(): Promise<Claim> {
  const outcome = await claimEffect(deps, EFFECT)
  if (outcome.status !== 'claimed') throw new Error(outcome.status)
  return outcome.claim
}

describe('claimEffect', () => {
  it('gives a new effect to the first who asks, and only to them', async () => {
    expect(await claimed()).toMatchObject({ takeover: 1 })
    expect(await claimEffect(deps, EFFECT)).toEqual({ status: 'held', untilMs: nowMs + 30_000 })
  })

  it('is taken over when its lease is over, not a millisecond before', async () => {
    await claimed()
    nowMs += 29_999
    expect(await claimEffect(deps, EFFECT)).toMatchObject({ status: 'held' })
    nowMs += 1
    expect(await claimed()).toMatchObject({ takeover: 2 })
  })

  it('of many who would take over, one does', async () => {
    await claimed()
    nowMs += 30_000
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => claimEffect(deps, EFFECT)))
    expect(outcomes.filter(({ status }) => status === 'claimed')).toHaveLength(1)
  })

  it('after an answer is not sent again', async () => {
    const claim = await claimed()
    expect(await writeAnswer(deps, claim, SENT)).toBe(true)
    nowMs += 100_000
    expect(await claimEffect(deps, EFFECT)).toEqual({ status: 'answered', delivery: SENT })
  })

  it('takes an answer from the last to take over only', async () => {
    const slow = await claimed()
    nowMs += 30_000
    await claimed()
    expect(await writeAnswer(deps, slow, SENT)).toBe(false)
  })

  it('can be given up after a failed try, which is counted', async () => {
    const claim = await claimed()
    await giveUpClaim(deps, claim, 1)
    expect(await claimEffect(deps, EFFECT)).toMatchObject({ status: 'claimed', triedBefore: 1 })
  })

  it('does not call the provider past half of its lease', async () => {
    const claim = await claimed()
    nowMs += 14_999
    expect(mayStillCall(deps, claim)).toBe(true)
    nowMs += 1
    expect(mayStillCall(deps, claim)).toBe(false)
  })
})
