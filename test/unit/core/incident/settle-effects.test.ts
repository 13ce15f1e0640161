import { describe, expect, it } from 'vitest'
import { secondsBetween } from '../../../../shared/core/time/instant.ts'
import { person } from '../directory/sample-directory.ts'
import { after, finding, Given, lines, oneSeat, only } from '../paging/given.ts'

/** Ana is called on one channel and has an hour to answer, so that nothing but her message comes due. */
function waiting(): Given {
  const { policies, ...rest } = oneSeat([person('ana')], ['ana'])
  const patient = policies.map((one) => ({ ...one, seats: one.seats.map((s) => ({ ...s, ackWithinSeconds: 7200 })) }))
  return new Given({ ...rest, policies: patient })
}

/** A notice about the reopening, of which the provider says nothing. */
function noticed(): Given {
  const given = waiting()
  given.open()
  given.acknowledge('ana', after(1))
  given.when({ type: 'CloseIncident', responderId: 'ana', note: 'done' }, after(2))
  const again = { ...finding('f'), isNew: true, hasWorsened: false, severity: 'SEV1' } as const
  given.when({ type: 'RecordFindings', findings: [again] }, after(3))
  return given
}

describe('a message without an outcome', () => {
  it('is queued again after two minutes, then less and less often', () => {
    const given = noticed()
    expect(given.wake(after(3 + 119))).toEqual([])
    const waits: number[] = []
    for (let at = after(3 + 120); waits.length < 4; at = given.wakeAt ?? at) {
      const [again] = only(given.wake(at), 'EffectsQueuedAgain')
      const next = again?.effects[0]?.queueAgainAt ?? at
      waits.push(secondsBetween(at, next))
    }
    expect(waits).toEqual([240, 480, 600, 600])
  })

  it('hours late it is queued again once', () => {
    const given = noticed()
    expect(only(given.wake(after(900)), 'EffectsQueuedAgain')).toHaveLength(1)
    expect(given.wakeAt).toBe(after(900 + 240))
  })
})

describe('outcomes', () => {
  it('a failure or a withholding that nobody waits for any more changes nothing', () => {
    const given = waiting()
    given.open()
    const gone = { effectId: 'inc-1.9.9', kind: 'page', responderId: 'ana', channelId: 'mail', reason: null } as const
    for (const outcome of ['failed', 'withheld'] as const) {
      expect(given.when({ type: 'RecordDeliveries', deliveries: [{ ...gone, outcome }] }, after(1))).toEqual([])
    }
  })

  it('a message that did leave is on the record, however late', () => {
    const given = waiting()
    given.open()
    const late = { effectId: 'inc-1.9.9', kind: 'page', responderId: 'ana', channelId: 'mail', reason: null } as const
    const events = given.when({ type: 'RecordDeliveries', deliveries: [{ ...late, outcome: 'sent' }] }, after(1))
    expect(lines(events)).toEqual(['MessageSent'])
  })

  it('a withheld page without a reason is one whose attempt has ended', () => {
    const given = waiting()
    given.open()
    const [effectId = ''] = Object.keys(given.state.unsettled)
    const withheld = { effectId, kind: 'page', responderId: 'ana', channelId: 'mail' } as const
    const deliveries = [{ ...withheld, outcome: 'withheld', reason: null } as const]
    expect(lines(given.when({ type: 'RecordDeliveries', deliveries }, after(1)))[0]).toBe(
      'MessageWithheld AttemptEnded',
    )
  })

  it('the same channel is refused once', () => {
    const given = waiting()
    given.open()
    const refused = { effectId: 'x', kind: 'page', responderId: 'ana', channelId: 'mail', reason: null } as const
    const command = { type: 'RecordDeliveries', deliveries: [{ ...refused, outcome: 'refused' } as const] } as const
    given.when(command, after(1))
    given.when(command, after(2))
    expect(given.state.refusedChannels).toEqual(['ana/mail'])
  })
})
