import { describe, expect, it } from 'vitest'
import type { Attempt, Call } from '../../../../shared/core/incident/state.ts'
import { nextStep, stepDue } from '../../../../shared/core/paging/attempt.ts'
import { after } from './given.ts'

const WINDOW = 300

function made(seconds: number, outcome: Call['outcome']): Call {
  return { effectId: `e${seconds}`, channelId: `c${seconds}`, requestedAt: after(seconds), outcome }
}

function attempt(change: Partial<Attempt>): Attempt {
  const calls = [made(0, 'pending')]
  return { responderId: 'ana', reason: 'OnCall', windowStartsAt: null, calls, channelsLeft: [], ...change }
}

describe('before a provider has accepted', () => {
  it('waits 60 s for the acceptance, then goes to the next channel', () => {
    const step = nextStep(attempt({ channelsLeft: ['sms'] }), WINDOW)
    expect(step).toEqual({ at: after(60), next: 'next-channel', reason: 'DeliveryFailed' })
  })

  it('ends when no channel is left', () => {
    expect(nextStep(attempt({}), WINDOW)).toEqual({ at: after(60), next: 'end', reason: 'DeliveryFailed' })
  })

  it('a failed call makes room at once', () => {
    const failed = { calls: [made(7, 'failed')] }
    expect(nextStep(attempt({ ...failed, channelsLeft: ['sms'] }), WINDOW).at).toBe(after(7))
    expect(nextStep(attempt(failed), WINDOW)).toEqual({ at: after(7), next: 'end', reason: 'DeliveryFailed' })
  })

  it.each([
    [59, null],
    [60, 'next-channel'],
    [61, 'next-channel'],
  ])('%i s after the call: %s', (seconds, next) => {
    expect(stepDue(attempt({ channelsLeft: ['sms'] }), WINDOW, after(seconds))?.next ?? null).toBe(next)
  })

  it('an attempt without a call is a fault', () => {
    expect(() => nextStep(attempt({ calls: [] }), WINDOW)).toThrow('without a call')
  })
})

describe('within the window', () => {
  const accepted = { windowStartsAt: after(5), calls: [made(0, 'sent')] }

  it('starts at acceptance and ends one window later', () => {
    expect(nextStep(attempt(accepted), WINDOW)).toEqual({ at: after(305), next: 'end', reason: 'WindowElapsed' })
    expect(stepDue(attempt(accepted), WINDOW, after(304))).toBeNull()
    expect(stepDue(attempt(accepted), WINDOW, after(305))?.next).toBe('end')
  })

  it('spaces three channels evenly', () => {
    const second = attempt({ ...accepted, channelsLeft: ['sms', 'voice'] })
    expect(nextStep(second, WINDOW)).toMatchObject({ at: after(105), next: 'next-channel' })
    const third = attempt({ ...accepted, calls: [made(0, 'sent'), made(105, 'sent')], channelsLeft: ['voice'] })
    expect(nextStep(third, WINDOW)).toMatchObject({ at: after(205), next: 'next-channel' })
  })

  it('a channel that failed before the window began takes no share of it', () => {
    const calls = [made(0, 'failed'), made(0, 'sent')]
    const step = nextStep(attempt({ windowStartsAt: after(0), calls, channelsLeft: ['voice'] }), WINDOW)
    expect(step.at).toBe(after(150))
  })

  it('a channel that failed makes room for the next at once', () => {
    const calls = [made(0, 'sent'), made(105, 'failed')]
    expect(nextStep(attempt({ ...accepted, calls, channelsLeft: ['voice'] }), WINDOW).at).toBe(after(105))
  })

  it('a channel that came late moves the next one', () => {
    const calls = [made(0, 'sent'), made(245, 'sent')]
    expect(nextStep(attempt({ ...accepted, calls, channelsLeft: ['voice'] }), WINDOW).at).toBe(after(275))
  })

  it('late, a window that is over ends the attempt, whatever channels were left', () => {
    const late = attempt({ ...accepted, channelsLeft: ['sms', 'voice'] })
    expect(stepDue(late, WINDOW, after(3600))).toEqual({ at: after(305), next: 'end', reason: 'WindowElapsed' })
  })
})
