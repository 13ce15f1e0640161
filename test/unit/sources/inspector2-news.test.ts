import { expect, test } from 'vitest'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

test.each([
  ['scan-complete', 'Inspector2 Scan', 'scan'],
  ['coverage', 'Inspector2 Coverage', 'coverage'],
  ['auto-enable', 'Inspector2 AutoEnable', 'auto-enable'],
])('%s is no finding', (name, type, trait) => {
  expect(findingIn(sampleEvent(`inspector2/${name}`))).toMatchObject({
    source: 'inspector',
    type,
    title: type,
    traits: [trait],
    accountId: '111122223333',
    ignoredReason: 'NotAFinding',
  })
})

test('each event is one of its own', () => {
  const at = (id: string) =>
    findingIn({ id, 'detail-type': 'Inspector2 Scan', time: '2027-03-06T02:13:30Z', detail: {} })
  expect(at('a').key).not.toBe(at('b').key)
})

test('without an id it is known by what it tells, and when', () => {
  const event = {
    'detail-type': 'Inspector2 Coverage',
    resources: ['i-1'],
    detail: { eventTimestamp: '2027-03-06T02:12:00Z' },
  }
  expect(findingIn(event).findingId).toBe('Inspector2 Coverage|i-1|2027-03-06T02:12:00.000Z')
})

test.each([
  [null, 'detail'],
  [{}, 'detail.eventTimestamp'],
])('%j without an instant is refused', (detail, path) => {
  expect(parseEvent({ 'detail-type': 'Inspector2 Scan', detail })).toMatchObject([{ ok: false, error: { path } }])
})
