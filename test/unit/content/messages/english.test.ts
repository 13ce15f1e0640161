import { expect, test } from 'vitest'
import { ENGLISH } from '../../../../shared/content/messages/english.ts'
import type { MessageFacts } from '../../../../shared/ports/message-texts.ts'

const url = (role: string) =>
  `https://muster.example.com/a/inc-0123456789abcdef~${role}~ana~sms~tk5x3c~${'s'.repeat(22)}`
const seat = (role: string) => ({ role, reason: 'OnCall', url: url(role), code: null }) as const

function facts(...roles: string[]): MessageFacts {
  return {
    name: 'Sample Ana',
    severity: 'SEV1',
    title: 'Credentials were used elsewhere',
    account: 'sample-eu (111122223333)',
    openedAt: '03:12, Sat 28 Mar 2026 (Europe/Berlin)',
    incidentUrl: 'https://muster.example.com/#inc-0123456789abcdef',
    nextCallAt: '03:17',
    others: [],
    seats: roles.map(seat),
    stages: [],
    about: null,
  }
}

test('a short page says what is asked in one text message, with its link', () => {
  const text = ENGLISH.shortPage(facts('incident-commander'))
  expect(text).toBe(`SEV1 03:12 sample-eu: Incident Commander? ${url('incident-commander')}`)
  expect(text.length).toBeLessThanOrEqual(160)
})

test('a short page for more seats has a line with its link for each', () => {
  expect(ENGLISH.shortPage(facts('incident-commander', 'legal-counsel')).split('\n')).toEqual([
    'SEV1 03:12 sample-eu:',
    `Incident Commander? ${url('incident-commander')}`,
    `Legal Counsel? ${url('legal-counsel')}`,
  ])
})
