import { describe, expect, test } from 'vitest'
import type { Candidate, Directory, Responder } from '../../../../shared/core/directory/directory.ts'
import { judgeChannels, judgeDirectory } from '../../../../shared/core/readiness/judge-directory.ts'
import { ADD, AGAIN, DENIED, line, SILENT, seen } from './looks.ts'

const NOW = '2027-03-10T10:00:00.000Z'
const EARLIER = '2027-03-09T10:00:00.000Z'
const LATER = '2027-03-11T10:00:00.000Z'

function person(id: string, kinds: readonly string[], change: Partial<Responder> = {}): Responder {
  const channels = kinds.map((kind) => ({ id: kind, kind, address: 'x', verified: true }))
  const none = { roles: [], offDutyCalls: false, absences: [], quietHours: null, leavesAt: null, principals: [] }
  return { id, name: id, zone: 'UTC', ...none, channels, ...change }
}

const ANA = person('ana', ['voice', 'email'])
const VOICE = person('vic', ['voice'])

function directory(responders: Responder[], candidates: Candidate[], change: Partial<Directory> = {}): Directory {
  const seats = [{ role: 'incident-commander', ackWithinSeconds: 300, candidates }]
  const policies = [{ severity: 'SEV1', checkInAfterSeconds: 1800, seats } as const]
  return { version: 1, responders, rotations: [], policies, accounts: [], ...change }
}

const CALLED = [{ responder: 'ana' }, { responder: 'vic' }]
const FIX = 'add a verified channel of kind email, then import the directory again'
const failure = (id: string) => `fail candidate ${id}: no verified channel of a kind that is deployed — ${FIX}`

test.each([
  [['email', 'sms'] as const, 'ok channels: e-mail, SMS'],
  [['sms'] as const, 'ok channels: SMS'],
  [[], 'fail channels: none, nobody can be reached — deploy with mailFrom or smsIdentity set'],
])('deployed %j', (kinds, expected) => {
  expect(line(judgeChannels(kinds))).toBe(expected)
})

describe('the directory', () => {
  const rotation = { id: 'all', zone: 'UTC', startsAt: '2027-03-01T09:00', every: 'P1W' }
  const overrides = [
    { responder: 'old', from: EARLIER, until: NOW },
    { responder: 'vic', from: EARLIER, until: LATER },
  ]
  const inRotation = [ANA, VOICE, person('old', []), person('mia', ['email'])]

  test.each<[string, Directory, string[]]>([
    [
      'everybody can be reached',
      directory([ANA, VOICE], [{ responder: 'ana' }]),
      ['ok directory: 1 candidate', 'ok candidates: each can be reached by e-mail'],
    ],
    ['somebody cannot', directory([ANA, VOICE], CALLED), ['ok directory: 2 candidates', failure('vic')]],
    [
      'a channel that is not verified does not count',
      directory(
        [person('ana', [], { channels: [{ id: 'mail', kind: 'email', address: 'x', verified: false }] })],
        [{ responder: 'ana' }],
      ),
      ['ok directory: 1 candidate', failure('ana')],
    ],
    [
      'who has left is no candidate, who will leave is',
      directory(
        [
          { ...ANA, leavesAt: LATER },
          { ...VOICE, leavesAt: NOW },
        ],
        CALLED,
      ),
      ['ok directory: 1 candidate', 'ok candidates: each can be reached by e-mail'],
    ],
    [
      'a rotation and its overrides, once each, but for those that are over',
      directory(inRotation, [{ rotation: 'all' }, { responder: 'ana' }, { rotation: 'gone' }], {
        rotations: [{ ...rotation, responders: ['ana', 'mia'], overrides }],
      }),
      ['ok directory: 3 candidates', failure('vic')],
    ],
    [
      'nobody is named',
      directory([ANA], []),
      ['fail directory: its policies name nobody — add policies with candidates, then import it again'],
    ],
  ])('%s', (_name, judged, expected) => {
    expect(judgeDirectory(seen(judged), ['email'], NOW).map(line)).toEqual(expected)
  })

  test('without a channel the candidates are not gone through', () => {
    expect(judgeDirectory(seen(directory([ANA], CALLED)), [], NOW).map(line)).toEqual(['ok directory: 1 candidate'])
  })

  test.each([
    [seen(null), 'fail directory: none, nobody is called — PUT the file to /v1/directory, as docs/deploy.md shows'],
    [DENIED, `warn directory — ${ADD}`],
    [SILENT, `fail directory — ${AGAIN}`],
  ])('%j', (looked, expected) => {
    expect(judgeDirectory(looked, ['email'], NOW).map(line)).toEqual([expected])
  })
})
