import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { FINDING_STATES, type FindingState, type FindingVersion } from '../../../../shared/core/findings/finding.ts'
import { isNewer, type KnownVersions, mergeVersions } from '../../../../shared/core/findings/version.ts'

const BEFORE = '2027-03-06T02:13:29.000Z'
const AT = '2027-03-06T02:13:30.000Z'
const AFTER = '2027-03-06T02:13:31.000Z'
const v = (updatedAt: string, state: FindingState = 'active'): FindingVersion => ({ updatedAt, state })
const sent = (sentAt: string, state: FindingState = 'active', updatedAt = BEFORE): FindingVersion => ({
  ...v(updatedAt, state),
  sentAt,
})

const TABLE: [string, FindingVersion, KnownVersions, boolean][] = [
  ['nothing is known', v(AT), {}, true],
  ['the very same again', v(AT), { guardduty: v(AT) }, false],
  ['one second older than its own', v(BEFORE), { guardduty: v(AT) }, false],
  ['one second newer than its own', v(AFTER), { guardduty: v(AT) }, true],
  ['same instant, further state', v(AT, 'archived'), { guardduty: v(AT) }, true],
  ['same instant, state further back', v(AT), { guardduty: v(AT, 'archived') }, false],
  ['first in this wrapping, older', v(BEFORE), { asff: v(AT) }, false],
  ['first in this wrapping, same instant', v(AT), { asff: v(AT) }, false],
  ['first in this wrapping, newer', v(AFTER), { asff: v(AT) }, true],
  ['first in this wrapping, older but a further state', v(BEFORE, 'archived'), { asff: v(AT) }, false],
  ['first in this wrapping, same instant and a further state', v(AT, 'archived'), { asff: v(AT) }, true],
  ['first in this wrapping, older, state as far', v(BEFORE, 'archived'), { asff: v(AT, 'archived') }, false],
  ['newer than its own but not than the other', v(AT), { guardduty: v(BEFORE), asff: v(AFTER) }, false],
  ['so, but another state than its own', v(AT, 'archived'), { guardduty: v(BEFORE), asff: v(AFTER) }, false],
  ['so, back to active', v(AT), { guardduty: v(BEFORE, 'archived'), asff: v(AFTER) }, false],
  [
    'newer than its own, a further state than the other',
    v(AT, 'resolved'),
    { guardduty: v(BEFORE), asff: v(AT) },
    true,
  ],
  ['so, but another wrapping has brought it already', v(AT), { guardduty: v(BEFORE, 'archived'), asff: v(AT) }, false],
  ['same instant, back to active, sent later', sent(AFTER), { guardduty: sent(AT, 'resolved') }, true],
  ['so, a late copy of what was sent before', sent(BEFORE), { guardduty: sent(AT, 'resolved') }, false],
  ['so, sent at the same time: the further state stays', sent(AT), { guardduty: sent(AT, 'resolved') }, false],
  ['so, and the further state comes', sent(AT, 'resolved'), { guardduty: sent(AT) }, true],
  ['so, a further state that was sent before', sent(AT, 'resolved'), { guardduty: sent(AFTER) }, false],
  ['the same state, sent again later', sent(AFTER), { guardduty: sent(AT) }, false],
  ['sent later, but of an earlier instant', sent(AFTER, 'resolved'), { guardduty: sent(AT, 'active', AT) }, false],
  ['nobody knows when the known one was sent', sent(AFTER), { guardduty: v(BEFORE, 'resolved') }, false],
  ['nobody knows when this one was sent', v(BEFORE, 'resolved'), { guardduty: sent(AFTER) }, true],
  ['back to active beside another wrapping', sent(AFTER), { guardduty: sent(AT, 'resolved'), asff: v(AFTER) }, true],
  ['newer than all', v(AFTER), { guardduty: v(BEFORE), asff: v(AT) }, true],
]

test.each(TABLE)('%s', (_name, version, known, newer) => {
  expect(isNewer(version, 'guardduty', known)).toBe(newer)
})

test('merging keeps the later version of each wrapping', () => {
  const known = mergeVersions({}, 'guardduty', v(AT))
  expect(known).toEqual({ guardduty: v(AT) })
  expect(mergeVersions(known, 'asff', v(BEFORE))).toEqual({ guardduty: v(AT), asff: v(BEFORE) })
  expect(mergeVersions(known, 'guardduty', v(BEFORE))).toBe(known)
  expect(mergeVersions(known, 'guardduty', v(AT, 'archived'))).toEqual({ guardduty: v(AT, 'archived') })
})

test('a version that nobody knows the sending of takes over when the last one was sent', () => {
  const known = mergeVersions({ asff: sent(AT) }, 'asff', v(BEFORE, 'resolved'))
  expect(known).toEqual({ asff: sent(AT, 'resolved') })
  expect(isNewer(sent(AT), 'asff', known)).toBe(false)
  expect(isNewer(sent(AFTER), 'asff', known)).toBe(true)
  expect(mergeVersions(known, 'asff', v(AT))).toEqual({ asff: v(AT) })
})

const INSTANT = fc.constantFrom(BEFORE, AT, AFTER)
const STATE = fc.constantFrom(...FINDING_STATES)
const WRAPPING = fc.constantFrom('guardduty' as const, 'asff' as const)
const UNSENT = fc.record({ updatedAt: INSTANT, state: STATE })
const SENT = fc.record({ updatedAt: INSTANT, state: STATE, sentAt: INSTANT })
const stepsOf = (version: fc.Arbitrary<FindingVersion>) =>
  fc.array(fc.record({ wrapping: WRAPPING, version }), { minLength: 1, maxLength: 12 })
const STEPS = fc.oneof(stepsOf(UNSENT), stepsOf(SENT))
type Step = { readonly wrapping: 'guardduty' | 'asff'; readonly version: FindingVersion }
const fold = (steps: readonly Step[]) =>
  steps.reduce<KnownVersions>((sum, one) => mergeVersions(sum, one.wrapping, one.version), {})

test('any order and duplication of the same deliveries ends with the same', () => {
  const shuffled = STEPS.chain((steps) =>
    fc.tuple(fc.constant(steps), fc.shuffledSubarray([...steps, ...steps], { minLength: 2 * steps.length })),
  )
  fc.assert(
    fc.property(shuffled, ([steps, others]) => {
      expect(fold(others)).toEqual(fold(steps))
    }),
  )
})

test('once merged, a version is never newer again, in whatever order versions came', () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const known = fold(steps)
      for (const one of steps) expect(isNewer(one.version, one.wrapping, known)).toBe(false)
    }),
  )
})
