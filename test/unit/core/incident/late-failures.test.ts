import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../../../shared/core/incident/commands.ts'
import { organisation, person } from '../directory/sample-directory.ts'
import { after, finding, Given, IC, lines, oneSeat, only, policy, reachable, seatPolicy } from '../paging/given.ts'

/** What became of messages after a provider had accepted them: bounces, complaints, receipts of carriers. */

const OUTCOMES = ['failed', 'refused'] as const
const REASON = { failed: 'DeliveryFailed', refused: 'ChannelRefused' } as const

function delivery(effectId: string, outcome: Delivery['outcome'], channelId: string, kind: Delivery['kind']): Delivery {
  return { effectId, kind, responderId: 'ana', channelId, outcome, reason: null }
}

/** A receipt for one message of Ana's, a page by mail if nothing else is said. */
function comesBack(
  given: Given,
  effectId: string,
  seconds: number,
  outcome: 'failed' | 'refused',
  [channelId, kind]: readonly [string, Delivery['kind']] = ['mail', 'page'],
): string[] {
  const deliveries = [delivery(effectId, outcome, channelId, kind)]
  return lines(given.when({ type: 'RecordDeliveries', deliveries }, after(seconds)))
}

/** Ana was called by mail, which was accepted. */
function called(): { given: Given; page: string } {
  const given = new Given(oneSeat([reachable('ana'), person('ben')], ['ana', 'ben']))
  given.open()
  const [page = ''] = Object.keys(given.state.unsettled)
  given.deliver(after(5), 'sent')
  return { given, page }
}

describe.each(OUTCOMES)('a page that comes back as %s', (outcome) => {
  const said = `MessageFailed ana ${REASON[outcome]}`

  it('while its attempt runs: the next channel is called at once', () => {
    const { given, page } = called()
    expect(comesBack(given, page, 50, outcome)).toEqual([said, 'PageRequested ana/sms OnCall'])
  })

  it('as the person’s last one: the next person is called at once', () => {
    const given = new Given(oneSeat([person('ana'), person('ben')], ['ana', 'ben']))
    given.open()
    const [page = ''] = Object.keys(given.state.unsettled)
    given.deliver(after(5), 'sent')
    const ended = `AttemptEnded ana ${REASON[outcome]}`
    expect(comesBack(given, page, 50, outcome)).toEqual([said, ended, 'PageRequested ben/mail Backup'])
  })

  it('of two seats that one message called for moves both on', () => {
    const policies = [policy([seatPolicy(IC, ['ana']), seatPolicy('engineer', ['ana'])])]
    const given = new Given(organisation({ responders: [reachable('ana')], policies }))
    given.open()
    const [page = ''] = Object.keys(given.state.unsettled)
    given.deliver(after(5), 'sent')
    expect(comesBack(given, page, 50, outcome)).toEqual([
      said,
      'PageRequested ana/sms OnCall',
      'PageRequested ana/sms OnCall',
    ])
  })

  it('a second time changes nothing', () => {
    const { given, page } = called()
    comesBack(given, page, 50, outcome)
    expect(comesBack(given, page, 51, outcome)).toEqual([])
  })

  it('before its sender had noted that it was accepted: it stays failed', () => {
    const given = new Given(oneSeat([reachable('ana')], ['ana']))
    given.open()
    const [page = ''] = Object.keys(given.state.unsettled)
    expect(comesBack(given, page, 2, outcome)).toEqual([said, 'PageRequested ana/sms OnCall'])
    given.when({ type: 'RecordDeliveries', deliveries: [delivery(page, 'sent', 'mail', 'page')] }, after(3))
    const [attempt] = given.seat().engagement?.open ?? []
    expect(attempt).toMatchObject({ windowStartsAt: null, calls: [{ outcome: 'failed' }, { outcome: 'pending' }] })
    expect(Object.values(given.state.unsettled).map(({ channelId }) => channelId)).toEqual(['sms'])
  })

  it('when a later channel had reached the person: the window is the later one’s', () => {
    const { given, page } = called()
    given.wake(after(105))
    given.deliver(after(107), 'sent')
    expect(comesBack(given, page, 150, outcome)).toEqual([said])
    expect(given.seat().engagement?.open[0]?.windowStartsAt).toBe(after(105))
    given.provider = () => 'sent'
    given.runUntil(after(105 + 299))
    expect(only(given.events, 'AttemptEnded')).toEqual([])
    expect(lines(given.wake(after(105 + 300)))[0]).toBe('AttemptEnded ana WindowElapsed')
  })
})

describe('a page that comes back when nobody waits for it any more', () => {
  it.each([
    ['the seat was taken', (given: Given) => given.acknowledge('ben', after(40))],
    [
      'the person declined',
      (given: Given) => given.when({ type: 'DeclineSeat', role: IC, responderId: 'ana', note: null }, after(40)),
    ],
    [
      'the incident was closed',
      (given: Given) => {
        given.acknowledge('ben', after(40))
        given.when({ type: 'CloseIncident', responderId: 'ben', note: 'done' }, after(41))
      },
    ],
  ])('%s: a failure is quiet, a refusal marks the channel, once', (_, happen) => {
    const { given, page } = called()
    happen(given)
    given.deliver(after(45), 'sent')
    expect(comesBack(given, page, 50, 'failed')).toEqual([])
    expect(comesBack(given, page, 51, 'refused')).toEqual(['MessageFailed ana ChannelRefused'])
    expect(given.state.refusedChannels).toEqual(['ana/mail'])
    expect(comesBack(given, page, 52, 'refused')).toEqual([])
  })

  it('a complaint about a page that was answered leaves the holder where they are', () => {
    const { given, page } = called()
    given.acknowledge('ana', after(40))
    comesBack(given, page, 50, 'refused')
    expect(given.seat()).toMatchObject({ holder: 'ana', engagement: null })
  })
})

describe.each(OUTCOMES)('a check-in that comes back as %s', (outcome) => {
  it('is asked again on the next channel at once', () => {
    const { given } = called()
    given.acknowledge('ana', after(40))
    given.wake(after(40 + 1800))
    const [asked] = only(given.events, 'CheckInRequested')
    given.deliver(after(1845), 'sent')
    const back = comesBack(given, asked?.effectId ?? '', 1900, outcome, ['mail', 'check-in'])
    expect(back).toEqual([`MessageFailed ana ${REASON[outcome]}`, 'CheckInRequested ana/sms'])
  })
})

describe.each(OUTCOMES)('a notice that comes back as %s', (outcome) => {
  /** Ana, who holds the seat, was told that the incident is open again. */
  function told(): { given: Given; notice: string } {
    const { given } = called()
    given.acknowledge('ana', after(40))
    given.when({ type: 'CloseIncident', responderId: 'ana', note: 'done' }, after(41))
    const again = { ...finding('f'), isNew: true, hasWorsened: false, severity: 'SEV1' } as const
    given.when({ type: 'RecordFindings', findings: [again] }, after(60))
    const [asked] = only(given.events, 'NoticeRequested')
    given.deliver(after(61), 'sent')
    return { given, notice: asked?.effectId ?? '' }
  }

  it('goes to the next channel with what it says', () => {
    const { given, notice } = told()
    const back = { ...delivery(notice, outcome, 'mail', 'notice'), about: 'reopened' } as const
    const events = given.when({ type: 'RecordDeliveries', deliveries: [back] }, after(70))
    expect(lines(events)).toEqual([`MessageFailed ana ${REASON[outcome]}`, 'NoticeRequested ana'])
    expect(only(events, 'NoticeRequested')).toMatchObject([{ channelId: 'sms', about: 'reopened' }])
  })

  it('of which nobody knows any more what it said goes nowhere', () => {
    const { given, notice } = told()
    const events = given.when(
      { type: 'RecordDeliveries', deliveries: [delivery(notice, outcome, 'mail', 'notice')] },
      after(70),
    )
    expect(only(events, 'NoticeRequested')).toEqual([])
  })
})
