import { describe, expect, test } from 'vitest'
import {
  absenceAt,
  findResponder,
  hasLeft,
  policyFor,
  profileOf,
  spanHolds,
} from '../../../../shared/core/directory/directory.ts'
import { organisation, person } from './sample-directory.ts'

const AT = '2027-03-03T00:00:00.000Z'
const profile = (id: string) => ({
  id,
  name: id,
  environment: 'production',
  dataCategories: [],
  residents: [],
  sector: null,
  entities: [],
})

test('people are found by id', () => {
  const directory = organisation({ responders: [person('ana'), person('ben')] })
  expect(findResponder(directory, 'ben')?.name).toBe('Sample ben')
  expect(findResponder(directory, 'zed')).toBeUndefined()
})

test('policies are found by severity', () => {
  const directory = organisation({ policies: [{ severity: 'SEV2', checkInAfterSeconds: 60, seats: [] }] })
  expect(policyFor(directory, 'SEV2')?.checkInAfterSeconds).toBe(60)
  expect(policyFor(directory, 'SEV1')).toBeUndefined()
})

describe('profileOf', () => {
  test('an account that is listed, else the default, else none', () => {
    const directory = organisation({ accounts: [profile('*'), profile('111122223333')] })
    expect(profileOf(directory, '111122223333')?.id).toBe('111122223333')
    expect(profileOf(directory, '444455556666')?.id).toBe('*')
    expect(profileOf(organisation(), '111122223333')).toBeNull()
  })
})

describe('spans are half-open', () => {
  const span = { from: AT, until: '2027-03-04T00:00:00.000Z', deputy: null }
  test.each([
    ['2027-03-02T23:59:59.999Z', false],
    [AT, true],
    ['2027-03-03T23:59:59.999Z', true],
    ['2027-03-04T00:00:00.000Z', false],
  ])('%s: %s', (at, holds) => {
    expect(spanHolds(span, at)).toBe(holds)
    expect(absenceAt(person('ana', { absences: [span] }), at) !== null).toBe(holds)
  })
  test('who leaves has left from that instant on', () => {
    expect(hasLeft(person('ana', { leavesAt: AT }), '2027-03-02T23:59:59.999Z')).toBe(false)
    expect(hasLeft(person('ana', { leavesAt: AT }), AT)).toBe(true)
    expect(hasLeft(person('ana'), AT)).toBe(false)
  })
})
