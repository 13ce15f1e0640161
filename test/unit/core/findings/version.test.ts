import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { FINDING_STATES, type FindingState, type FindingVersion } from '../../../../shared/core/findings/finding.ts'
import { isNewer, type KnownVersions, mergeVersions } from '../../../../shared/core/findings/version.ts'

const BEFORE = '2027-03-06T02:13:29.000Z'
const AT = '2027-03-06T02:13:30.000Z'
const AFTER = '2027-03-06T02:13:31.000Z'
const v = (updatedAt: string, state: FindingState = 'active'): FindingVersion => ({ updatedAt, state })

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
  ['first in this wrapping, older but a further state', v(BEFORE, 'archived'), { asff: v(AT) }, true],
  ['first in this wrapping, older, state as far', v(BEFORE, 'archived'), { asff: v(AT, 'archived') }, false],
  ['newer than its own but not than the other', v(AT), { guardduty: v(BEFORE), asff: v(AFTER) }, false],
  ['so, but another state than its own', v(AT, 'archived'), { guardduty: v(BEFORE), asff: v(AFTER) }, true],
  ['so, back to active', v(AT), { guardduty: v(BEFORE, 'archived'), asff: v(AFTER) }, true],
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

test('once merged, a version is never newer again, in whatever order versions came', () => {
  const version = fc.record({
    updatedAt: fc.constantFrom(BEFORE, AT, AFTER),
    state: fc.constantFrom(...FINDING_STATES),
  })
  const step = fc.record({ wrapping: fc.constantFrom('guardduty' as const, 'asff' as const), version })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const known = steps.reduce<KnownVersions>((sum, one) => mergeVersions(sum, one.wrapping, one.version), {})
      for (const one of steps) expect(isNewer(one.version, one.wrapping, known)).toBe(false)
    }),
  )
})
