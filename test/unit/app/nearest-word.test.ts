import { expect, test } from 'vitest'
import { nearestTo } from '../../../shared/app/nearest-word.ts'

const KNOWN = ['quietHours', 'zone', 'ana', 'until']

test.each([
  ['quiet_hours', 'quietHours', 'written another way'],
  ['QUIET-HOURS', 'quietHours', 'written another way'],
  ['zome', 'zone', 'one letter wrong'],
  ['zne', 'zone', 'one missing'],
  ['zonee', 'zone', 'one too many'],
  ['unitl', 'until', 'two swapped'],
  ['xana', 'ana', 'one too many in front'],
])('%s is probably %s: %s', (word, meant) => {
  expect(nearestTo(word, KNOWN)).toBe(meant)
})

test.each(['', 'zo', 'zenith', 'aann', 'utnli', 'constructor'])('%j is none of them', (word) => {
  expect(nearestTo(word, KNOWN)).toBeUndefined()
})

test('the same word wins over one that is only near', () => {
  expect(nearestTo('ANB', ['ana', 'anb'])).toBe('anb')
})
