import { expect, test } from 'vitest'
import { ENGLISH } from '../../../../shared/content/messages/english.ts'
import type { MessageFacts } from '../../../../shared/ports/message-texts.ts'

const url = (role: string) =>
  `https://muster.example.com/a/inc-0123456789abcdef~${role}~ana~sms~tk5x3c~${'s'.repeat(22)}`
const seat = (role: string) => ({ role, reason: 'OnCall', url: url(role), code: null, replyCode: null }) as const

/** What a text message is billed by: GSM characters, of which `~` is two. */
const length = (text: string) => text.replaceAll('~', '~~').length

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
  expect(length(text)).toBeLessThanOrEqual(160)
})

test('a short page for more seats has a line with its link for each', () => {
  expect(ENGLISH.shortPage(facts('incident-commander', 'legal-counsel')).split('\n')).toEqual([
    'SEV1 03:12 sample-eu:',
    `Incident Commander? ${url('incident-commander')}`,
    `Legal Counsel? ${url('legal-counsel')}`,
  ])
})

/** With a link that has this many characters in all. */
function answered(linkLength: number): string {
  const [one] = facts('incident-commander').seats
  if (one === undefined) throw new Error('no seat')
  const asked = { ...one, url: `https://x/${'a'.repeat(linkLength - 10)}`, replyCode: '4711' }
  return ENGLISH.shortPage({ ...facts(), seats: [asked] })
}

const WHOLE = 'Reply ACK 4711 to take it, or press '

test.each([
  [82, WHOLE],
  [83, 'Reply ACK 4711 or '],
  [100, 'Reply ACK 4711 or '],
  [101, 'ACK 4711 or '],
  [106, 'ACK 4711 or '],
  [107, WHOLE],
])(
  'a link of %i characters leaves room for %j in one text; where it takes two anyway, for all words',
  (link, words) => {
    const text = answered(link)
    expect(text.startsWith(`SEV1 03:12 sample-eu: Incident Commander? ${words}https://x/`)).toBe(true)
    expect(length(text) <= 160).toBe(link < 107)
  },
)

test('each seat has the code that takes it', () => {
  const codes = ['4711', '2342']
  const { seats } = facts('incident-commander', 'legal-counsel')
  const asked = seats.map((one, index) => ({ ...one, replyCode: codes[index] ?? null }))
  expect(
    ENGLISH.shortPage({ ...facts(), seats: asked })
      .split('\n')
      .slice(1),
  ).toEqual([
    `Incident Commander? ${WHOLE}${url('incident-commander')}`,
    `Legal Counsel? ${WHOLE.replace('4711', '2342')}${url('legal-counsel')}`,
  ])
})

test('a notice that the severity rose says to what, and what it is about', () => {
  const { subject, text } = ENGLISH.notice({ ...facts(), about: 'raised' })
  expect(subject).toBe('[SEV1] Credentials were used elsewhere')
  expect(text.split('\n\n').slice(0, 2)).toEqual([
    'Sample Ana: The incident you are on has become worse: its severity rose. You hold your seat.',
    'SEV1: Credentials were used elsewhere',
  ])
})
