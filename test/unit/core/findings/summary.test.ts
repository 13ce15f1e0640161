import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { summarise, summaryBytes } from '../../../../shared/core/findings/summary.ts'
import { parseEvent } from '../../../../shared/sources/parse-event.ts'
import { allSampleNames, findingIn, judgedByDefault, sampleEvent } from '../../sources/sample-events.ts'

const MAX_BYTES = 5 * 1024
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

test('a summary carries what a page and a record need', () => {
  const finding = findingIn(sampleEvent('guardduty/leaked-access-key-repeated'))
  const { family, nativeSeverity, partition, ignoredReason, ...more } = finding
  const { traits, tags, signals, groupKey, heldBy, ...kept } = more
  expect(summarise(finding)).toEqual(kept)
})

test('three resources at most', () => {
  const finding = findingIn(sampleEvent('guardduty/port-probe-low'))
  const resources = ['a', 'b', 'c', 'd'].map((id) => ({ type: 'Other', id }))
  expect(summarise({ ...finding, resources }).resources.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('every sample fits', () => {
  for (const name of allSampleNames()) {
    for (const item of parseEvent(sampleEvent(name))) {
      if (!item.ok) continue
      const summary = summarise(judgedByDefault(item.finding))
      expect(bytes(summary)).toBeLessThanOrEqual(MAX_BYTES)
      expect(summaryBytes(summary)).toBeGreaterThanOrEqual(bytes(summary))
      expect(summaryBytes(summary)).toBeLessThanOrEqual(bytes(summary) + 150)
    }
  }
})

test('a summary takes at most 5 KB, whatever passes the schema', () => {
  const long = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 2048 }),
    fc
      .constantFrom('"', '\u0001', '\ud800', '名', '😀', 'x')
      .map((unit) => unit.repeat(Math.floor(2048 / unit.length))),
  )
  const asff = fc.record({
    Id: long,
    ProductArn: long,
    ProductName: long,
    GeneratorId: long,
    AwsAccountId: long,
    Region: long,
    Types: fc.array(long, { maxLength: 2 }),
    Title: long,
    UpdatedAt: fc.constant('2027-03-06T02:13:30.000Z'),
    Severity: fc.constant({ Label: 'INFORMATIONAL' }),
    Resources: fc.array(
      fc.record({ Type: long, Id: long, Details: fc.record({ AwsIamAccessKey: fc.record({ PrincipalName: long }) }) }),
      { maxLength: 4 },
    ),
  })
  fc.assert(
    fc.property(asff, (finding) => {
      const summary = summarise(
        findingIn({ 'detail-type': 'Security Hub Findings - Imported', detail: { findings: [finding] } }),
      )
      expect(bytes(summary)).toBeLessThanOrEqual(MAX_BYTES)
      expect(summaryBytes(summary)).toBeGreaterThanOrEqual(bytes(summary))
      expect(summaryBytes(summary)).toBeLessThanOrEqual(bytes(summary) + 150)
      expect(summary.title.length).toBeLessThanOrEqual(200)
      expect(JSON.stringify(summary).isWellFormed()).toBe(true)
    }),
    { numRuns: 200 },
  )
})
