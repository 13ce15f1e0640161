import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEvent, pathText } from '../../../shared/sources/parse-event.ts'
import { SOURCES } from '../../../shared/sources/sources.ts'
import { allSampleNames, findingIn, sampleEvent } from './sample-events.ts'

const SENDERS = SOURCES.flatMap(({ events }) => events.map(({ source }) => source)).filter((source) => source !== '*')
const KNOWN = `an event of a known kind (of ${[...new Set(SENDERS)].join(', ')})`
const probe = findingIn(sampleEvent('guardduty/port-probe-low'))
const probeEvent = sampleEvent('guardduty/port-probe-low') as { detail: Record<string, unknown> }
const leakInHub = sampleEvent('securityhub/leaked-access-key') as { detail: { findings: unknown[] } }
const refused = (path: string, expected = KNOWN) => [
  { index: 0, ok: false, error: { path, line: null, expected }, findingId: null },
]

function notified(event: unknown, times: number): unknown {
  return times === 0 ? event : { Type: 'Notification', Message: JSON.stringify(notified(event, times - 1)) }
}

test('every sample is refused if it is called broken, and read if not', () => {
  for (const name of allSampleNames()) {
    const items = parseEvent(sampleEvent(name))
    expect(
      items.every((item) => item.ok),
      name,
    ).toBe(!name.includes('broken'))
    expect(items.map(({ index }) => index)).toEqual(items.map((_item, index) => index))
  }
})

test.each<[string, unknown]>([
  ['its envelope', probeEvent],
  ['an envelope without source', { ...probeEvent, source: undefined }],
  ['an envelope without detail-type', { source: 'aws.guardduty', detail: probeEvent.detail }],
  ['nothing', probeEvent.detail],
  ['a list', [probeEvent]],
  ['a list of findings', { findings: [probeEvent.detail] }],
  ['the record of a topic', sampleEvent('guardduty/port-probe-over-topic')],
  ['a notification', { Type: 'Notification', TopicArn: 't', Message: JSON.stringify(probeEvent) }],
  ['a queue', { Records: [{ messageId: 'm', eventSource: 'aws:sqs', body: JSON.stringify(probeEvent) }] }],
  [
    'a queue behind a topic',
    {
      Records: [
        { messageId: 'm', body: JSON.stringify({ Type: 'Notification', Message: JSON.stringify(probeEvent) }) },
      ],
    },
  ],
])('a finding in %s is the same finding', (_name, event) => {
  expect(findingIn(event)).toEqual(probe)
})

test("a finding's version has when its event was sent, where it came in one", () => {
  const versions = (event: unknown) => parseEvent(event).map((item) => item.ok && item.finding.version)
  const { version } = probe
  const sentAt = '2027-03-06T02:20:00.000Z'
  expect(versions([{ ...probeEvent, time: '2027-03-06T02:20:00Z' }])).toEqual([{ ...version, sentAt }])
  for (const event of [probeEvent.detail, { ...probeEvent, time: 'soon' }]) expect(versions(event)).toEqual([version])
  const over = (time: string) => ({ Type: 'Notification', Message: JSON.stringify({ ...probeEvent, time }) })
  expect(versions(over('2027-03-06T02:20:00Z'))).toEqual([{ ...version, sentAt }])
})

test('Security Hub findings without an envelope', () => {
  const [asff] = leakInHub.detail.findings
  for (const event of [{ findings: [asff] }, { Findings: [asff] }, [asff], asff, { detail: { findings: [asff] } }]) {
    expect(findingIn(event)).toEqual(findingIn(leakInHub))
  }
})

test('an event that should hold a list may hold the finding itself', () => {
  const [asff] = leakInHub.detail.findings
  expect(findingIn({ ...leakInHub, detail: asff })).toEqual(findingIn(leakInHub))
})

test('who sends events of known kinds is said once each', () => {
  expect(KNOWN).toMatch(/\(of aws\.securityhub, aws\.guardduty\b/)
})

test('a list of events gives its findings in order, a bad one among them', () => {
  const two = sampleEvent('securityhub/broken-one-of-two-without-id')
  const items = parseEvent([probeEvent, { what: 'ever' }, two, 7, [], [probeEvent]])
  expect(items.map((item) => [item.index, item.ok ? item.finding.severity : item.error.path])).toEqual([
    [0, 'LOW'],
    [1, '[1]'],
    [2, 'HIGH'],
    [3, '[2].detail.findings[1].Id'],
    [4, '[3]'],
    [5, '[4]'],
    [6, '[5]'],
  ])
})

test.each<[unknown, ReturnType<typeof refused>]>([
  [sampleEvent('guardduty/broken-unknown-kind'), refused('detail-type')],
  [{ ...probeEvent, source: 'somebody.else' }, refused('detail-type')],
  [{ source: 'aws.unknown', 'detail-type': 'Nothing', detail: {} }, refused('detail-type')],
  [{ ...leakInHub, 'detail-type': 'Security Hub Findings' }, refused('detail-type')],
  [sampleEvent('securityhub/broken-detail'), refused('detail.findings', 'a list of findings')],
  [{ ...leakInHub, detail: null }, refused('detail.findings', 'a list of findings')],
  [sampleEvent('securityhub/broken-without-findings'), refused('detail.findings', 'at least one finding')],
  [{ findings: [] }, refused('findings', 'at least one finding')],
  [{ findings: [{ findingArn: 'arn' }, 7].slice(0, 1) }, refused('findings[0]')],
  [{ findings: [7] }, refused('findings[0]')],
  [{ Type: 'Notification', Message: 'hello' }, refused('Message', 'an event as JSON text')],
  [{ body: '{}' }, refused('')],
  [{}, refused('')],
  [null, refused('')],
  ['text', refused('')],
  [[[]], refused('[0]', 'an event, not a list of them')],
  [[[probeEvent]], refused('[0]', 'an event, not a list of them')],
  [{ Records: [[probeEvent]] }, refused('Records[0]', 'an event, not a list of them')],
  [notified(probeEvent, 7), refused('Message.Message.Message.Message.Message.Message.Message')],
])('%j is refused', (event, items) => {
  expect(parseEvent(event)).toEqual(items)
})

test('an empty list holds nothing', () => {
  expect(parseEvent([])).toEqual([])
})

test('lines are asked for with the path', () => {
  const paths: unknown[] = []
  parseEvent(sampleEvent('securityhub/broken-one-of-two-without-id'), (path) => paths.push(path))
  expect(paths).toEqual([['detail', 'findings', 1, 'Id']])
  expect(pathText([])).toBe('')
})

test.each([['arn:x'], ['\u0000'], ['😀'.repeat(1024)], [' '], ['__proto__'], ['\ud800']])(
  'an id is opaque: %j',
  (id) => {
    const [own] = parseEvent({ ...probeEvent, detail: { ...probeEvent.detail, id } })
    expect(own).toMatchObject({ ok: true, finding: { findingId: id.toWellFormed() } })
    const [asff] = parseEvent([{ ...(leakInHub.detail.findings[0] as object), Id: id }])
    expect(asff).toMatchObject({ ok: true, finding: { findingId: id.toWellFormed() } })
  },
)

test('an id that is too long is refused', () => {
  const [item] = parseEvent({ ...probeEvent, detail: { ...probeEvent.detail, id: 'x'.repeat(2049) } })
  expect(item).toMatchObject({ ok: false, error: { path: 'detail.id' } })
})

const junk = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true }),
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    '\u0000',
    0,
    -1,
    1e308,
    [],
    {},
    [[]],
    'x'.repeat(5000),
    '9999-12-31T23:59:59-01:00',
  ),
)

/** Every place in a value, as keys from the top. */
function placesIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [[key], ...placesIn(member).map((rest) => [key, ...rest])])
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [
    name,
    name === key ? replaced(member, rest, by) : member,
  ])
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members)
}

const mutated = fc
  .constantFrom(...allSampleNames().map(sampleEvent))
  .chain((event) =>
    fc.tuple(fc.constant(event), fc.array(fc.tuple(fc.constantFrom(...placesIn(event)), junk), { maxLength: 4 })),
  )
  .map(([event, changes]) => changes.reduce<unknown>((sum, [place, by]) => replaced(sum, place, by), event))

test('parseEvent never throws, and every item is a finding or says what was expected', () => {
  fc.assert(
    fc.property(fc.oneof(junk, mutated), (event) => {
      for (const item of parseEvent(event)) {
        if (item.ok) expect(item.finding.key.length).toBeGreaterThan(0)
        else expect(item.error.expected).not.toMatch(/^Invalid|^$/)
      }
    }),
    { numRuns: 1_500 },
  )
})

test('a finding that is named, graded and dated pages whatever else is odd', () => {
  const place = fc.constantFrom(
    ...placesIn(probeEvent.detail).filter(([top]) => !['id', 'type', 'severity', 'updatedAt'].includes(top ?? '')),
  )
  fc.assert(
    fc.property(place, junk, (at, by) => {
      const detail = replaced(probeEvent.detail, at, by)
      const [item] = parseEvent({ ...probeEvent, detail })
      expect(item?.ok).toBe(true)
    }),
    { numRuns: 500 },
  )
})
