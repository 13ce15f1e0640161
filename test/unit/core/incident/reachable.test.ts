import { describe, expect, it } from 'vitest'
import { hasConflictOfInterest, usableChannels } from '../../../../shared/core/incident/reachable.ts'
import { Sample } from '../clocks/sample-incident.ts'
import { person } from '../directory/sample-directory.ts'

const state = new Sample().open().state

describe('usableChannels', () => {
  const channel = (id: string, verified: boolean) => ({ id, kind: 'email', address: `${id}@example.com`, verified })
  const ana = person('ana', { channels: [channel('old', false), channel('mail', true), channel('second', true)] })

  it('are the verified ones in order, without those that a provider refused', () => {
    expect(usableChannels(state, ana).map(({ id }) => id)).toEqual(['mail', 'second'])
    const refusing = { ...state, refusedChannels: ['ana/mail', 'ben/second'] }
    expect(usableChannels(refusing, ana).map(({ id }) => id)).toEqual(['second'])
  })
})

describe('hasConflictOfInterest', () => {
  const arn = 'arn:aws:iam::123456789012:user/ana'

  it.each([
    [arn, arn, true],
    [arn, 'ana', true],
    ['ana', arn, true],
    ['AIDAEXAMPLE', 'AIDAEXAMPLE', true],
    [arn, '123456789012:user/ana', true],
    ['arn:aws:sts::123456789012:assumed-role/admin/ana', '123456789012:session/admin/ana', true],
    [arn, '123456789012:role/ana', false],
    [arn, '444455556666:user/ana', false],
    ['arn:aws:iam::123456789012:role/admin', '123456789012:session/admin/ana', false],
    [arn, 'ben', false],
    ['ana', 'arn:aws:iam::123456789012:user/ben', false],
  ])('own %s, named %s: %s', (own, named, conflict) => {
    expect(hasConflictOfInterest({ ...state, principals: [named] }, person('ana', { principals: [own] }))).toBe(
      conflict,
    )
  })
})
