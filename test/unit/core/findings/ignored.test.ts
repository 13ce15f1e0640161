import { expect, test } from 'vitest'
import type { FindingState, IgnoredReason } from '../../../../shared/core/findings/finding.ts'
import { furthestState, ignoredReasonOf } from '../../../../shared/core/findings/ignored.ts'

const STATES: [FindingState, IgnoredReason | null][] = [
  ['active', null],
  ['notified', 'Notified'],
  ['passed', 'Passed'],
  ['suppressed', 'Suppressed'],
  ['archived', 'Archived'],
  ['resolved', 'Resolved'],
]

test.each(STATES)('a finding that is %s is ignored for %s', (state, reason) => {
  expect(ignoredReasonOf({ sample: false, state })).toBe(reason)
})

test('a sample is called one whatever else holds', () => {
  expect(ignoredReasonOf({ sample: true, state: 'archived' })).toBe('Sample')
})

test('of several states the furthest counts', () => {
  expect(furthestState([])).toBe('active')
  expect(furthestState(['passed', 'notified'])).toBe('passed')
  expect(furthestState(['archived', 'resolved', 'passed'])).toBe('resolved')
})
