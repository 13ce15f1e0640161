import { describe, expect, test } from 'vitest'
import type { Candidate, MusterPolicy } from '../../../../shared/core/directory/directory.ts'
import { responderOnCall, rotationOnCall } from '../../../../shared/core/directory/role-on-call.ts'
import { organisation, person, weekly } from './sample-directory.ts'

const ROLE = 'incident-commander'
const AT = '2027-03-03T00:00:00.000Z'
const NOBODY = { at: AT, responderId: null, reason: null, until: null }

function policy(severity: MusterPolicy['severity'], candidates: Candidate[], role = ROLE): MusterPolicy {
  return { severity, checkInAfterSeconds: 1_800, seats: [{ role, ackWithinSeconds: 300, candidates }] }
}
const ana = { responder: 'ana' }
const ben = { responder: 'ben' }
const absence = { from: '2027-03-02T00:00:00.000Z', until: '2027-03-04T00:00:00.000Z', deputy: 'ben' }

describe('responderOnCall', () => {
  test('the first candidate', () => {
    const directory = organisation({
      responders: [person('ana'), person('ben')],
      policies: [policy('SEV1', [ben, ana])],
    })
    expect(responderOnCall(directory, ROLE, AT)).toEqual({ at: AT, responderId: 'ben', reason: 'OnCall', until: null })
  })

  test('of the policy of the worst severity that has the seat, whatever its place in the file', () => {
    const policies = [policy('SEV3', [ana]), policy('SEV2', [ben]), policy('SEV1', [ana], 'legal-counsel')]
    const directory = organisation({ responders: [person('ana'), person('ben')], policies })
    expect(responderOnCall(directory, ROLE, AT)).toMatchObject({ responderId: 'ben' })
  })

  test('the deputy of an absent one, as a backup, until the absence ends', () => {
    const responders = [person('ana', { absences: [absence] }), person('ben'), person('cho')]
    const directory = organisation({ responders, policies: [policy('SEV1', [ana, { responder: 'cho' }])] })
    const expected = { at: AT, responderId: 'ben', reason: 'Backup', until: absence.until }
    expect(responderOnCall(directory, ROLE, AT)).toEqual(expected)
  })

  test('the next candidate when the first and the deputy cannot be called', () => {
    const responders = [person('ana', { absences: [absence] }), person('ben', { channels: [] }), person('cho')]
    const directory = organisation({ responders, policies: [policy('SEV1', [ana, { responder: 'cho' }])] })
    const expected = { at: AT, responderId: 'cho', reason: 'Backup', until: absence.until }
    expect(responderOnCall(directory, ROLE, AT)).toEqual(expected)
  })

  test.each([
    ['has left', { leavesAt: AT }],
    ['has no verified channel', { channels: [] }],
    ['is absent without a deputy', { absences: [{ ...absence, deputy: null }] }],
  ])('passes over who %s', (_, change) => {
    const directory = organisation({
      responders: [person('ana', change), person('ben')],
      policies: [policy('SEV1', [ana, ben])],
    })
    expect(responderOnCall(directory, ROLE, AT)).toMatchObject({ responderId: 'ben', reason: 'Backup' })
  })

  test('who is on call in a rotation, until the hand-over', () => {
    const directory = organisation({
      responders: [person('ana'), person('ben')],
      rotations: [weekly(['ben', 'ana'])],
      policies: [policy('SEV1', [{ rotation: 'commanders' }, ana])],
    })
    const until = '2027-03-08T08:00:00.000Z'
    expect(responderOnCall(directory, ROLE, AT)).toEqual({ at: AT, responderId: 'ben', reason: 'OnCall', until })
  })

  test('then everybody with the role, in the order of the file', () => {
    const responders = [
      person('kit', { roles: ['communications-coordinator'] }),
      person('ana', { leavesAt: AT }),
      person('ben'),
      person('cho'),
    ]
    const directory = organisation({ responders, policies: [policy('SEV1', [ana])] })
    expect(responderOnCall(directory, ROLE, AT)).toMatchObject({ responderId: 'ben', reason: 'RoleMember' })
    const away = organisation({
      responders: [person('ana', { absences: [absence] }), person('ben', { roles: [] })],
      policies: [policy('SEV1', [])],
    })
    expect(responderOnCall(away, ROLE, AT)).toMatchObject({ responderId: 'ben', reason: 'Backup' })
  })

  test('nobody: no seat for the role, unknown names, or all away', () => {
    const two = [person('ana'), person('ben')]
    expect(responderOnCall(organisation({ responders: two }), ROLE, AT)).toEqual(NOBODY)
    const unknown = policy('SEV1', [{ rotation: 'none' }, { responder: 'zed' }])
    expect(responderOnCall(organisation({ policies: [unknown] }), ROLE, AT)).toEqual(NOBODY)
    const gone = organisation({
      responders: [person('ana', { absences: [{ ...absence, deputy: null }] })],
      policies: [policy('SEV1', [ana])],
    })
    expect(responderOnCall(gone, ROLE, AT)).toEqual({ ...NOBODY, until: absence.until })
  })
})

describe('rotationOnCall', () => {
  const until = '2027-03-08T08:00:00.000Z'
  test('the shift', () => {
    const directory = organisation({ responders: [person('ana')] })
    expect(rotationOnCall(directory, weekly(['ana']), AT)).toEqual({
      at: AT,
      responderId: 'ana',
      reason: 'OnCall',
      until,
    })
  })
  test('a deputy is a backup', () => {
    const directory = organisation({ responders: [person('ana', { absences: [absence] }), person('ben')] })
    expect(rotationOnCall(directory, weekly(['ana']), AT)).toMatchObject({ responderId: 'ben', reason: 'Backup' })
  })
  test('nobody who cannot be called', () => {
    const directory = organisation({ responders: [person('ana', { channels: [] })] })
    expect(rotationOnCall(directory, weekly(['ana']), AT)).toEqual({ ...NOBODY, until })
    expect(rotationOnCall(organisation(), weekly(['ana']), AT)).toEqual({ ...NOBODY, until })
  })
})
