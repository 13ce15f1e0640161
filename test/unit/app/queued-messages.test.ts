import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQueuedEffect, parseQueuedWake } from '../../../shared/app/queued-messages.ts'
import { PermanentFault } from '../../../shared/ports/faults.ts'
import type { QueuedEffect, QueuedWake } from '../../../shared/ports/queues.ts'

const EFFECT: QueuedEffect = {
  incidentId: 'inc-0123456789abcdef',
  effectId: 'inc-0123456789abcdef.12.3',
  kind: 'check-in',
  responderId: 'ana',
  channelId: 'mail',
  channel: 'email',
}
const WAKE: QueuedWake = { incidentId: 'inc-1', wakeAt: '2027-03-28T02:12:07.000Z' }
const body = (of: object, change: object = {}): string => JSON.stringify({ ...of, ...change })

function faultOf(read: () => unknown): string {
  try {
    read()
  } catch (fault) {
    if (fault instanceof PermanentFault) return fault.message
    throw fault
  }
  throw new Error('it was read')
}

describe('what comes out of a queue', () => {
  test.each(['page', 'check-in', 'clock', 'notice'])('a message of kind %s is what went in', (kind) => {
    expect(parseQueuedEffect(body(EFFECT, { kind }))).toEqual({ ...EFFECT, kind })
  })

  test('a wake is what went in', () => {
    expect(parseQueuedWake(body(WAKE))).toEqual(WAKE)
  })

  test('what a newer sender adds is passed over', () => {
    expect(parseQueuedEffect(body(EFFECT, { urgency: 'high' }))).toEqual(EFFECT)
    expect(parseQueuedWake(body(WAKE, { because: 'clock' }))).toEqual(WAKE)
  })

  test.each([
    ['incidentId', ''],
    ['incidentId', 'x'.repeat(129)],
    ['effectId', 7],
    ['responderId', null],
    ['channelId', '-mail'],
    ['channel', 'e mail'],
    ['channel', ['email']],
    ['kind', 'pages'],
    ['kind', 'toString'],
  ])('%s must not be %j: the fault names the path, not what was found', (path, found) => {
    const fault = faultOf(() => parseQueuedEffect(body(EFFECT, { [path]: found })))
    expect(fault).toMatch(new RegExp(`^queued effect: ${path}: expected [^;]+$`))
  })

  test('every path that is wrong is named', () => {
    expect(faultOf(() => parseQueuedWake('{"wakeAt":"tomorrow"}'))).toBe(
      'queued wake: incidentId: expected an id of at most 128 letters, digits, dots, hyphens and underscores; ' +
        'wakeAt: expected an instant in UTC with three decimals, such as 2027-03-28T02:12:07.000Z',
    )
  })

  test.each([
    '2027-03-28T02:12:07Z',
    '2027-03-28T02:12:07.0000Z',
    '2027-03-28T02:12:07.000+00:00',
    '2027-02-29T02:12:07.000Z',
    '2027-03-28T24:00:00.000Z',
    '2027-03-28T02:12:60.000Z',
    '+012027-03-28T02:12:07.000Z',
    '2027-03-28T02:12:07.000Z ',
    1_806_199_927_000,
  ])('%j is no instant that compares as text', (wakeAt) => {
    expect(faultOf(() => parseQueuedWake(body(WAKE, { wakeAt })))).toMatch(/^queued wake: wakeAt: expected [^;]+$/)
  })

  test.each(['[]', 'null', '"text"', '7'])('%s is no object', (text) => {
    expect(faultOf(() => parseQueuedEffect(text))).toBe('queued effect: (body): expected an object')
  })

  test.each(['', '{', 'secret', '{"incidentId":"inc-1"}}'])('%j is no JSON, and is not quoted', (text) => {
    expect(faultOf(() => parseQueuedWake(text))).toBe('queued wake: (body): expected JSON')
  })

  test('a body is bounded', () => {
    const padded = (length: number) => body(WAKE).padEnd(length)
    expect(parseQueuedWake(padded(16 * 1024))).toEqual(WAKE)
    expect(faultOf(() => parseQueuedWake(padded(16 * 1024 + 1)))).toContain('(body): expected at most 16384')
  })

  test('whatever stands there, it is read or it is a permanent fault', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"incidentId":${json}}`),
        ),
        (text) => {
          expect(faultOf(() => parseQueuedEffect(text))).toMatch(/^queued effect: /)
        },
      ),
    )
  })
})
