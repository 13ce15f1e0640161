import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ENGLISH } from '../../../../shared/content/messages/english.ts'
import { REASONS } from '../../../../shared/core/incident/reasons.ts'
import type { MessageFacts, MessageText } from '../../../../shared/ports/message-texts.ts'

const URL_OF = (role: string) => `https://muster.example.com/a/inc-0123456789abcdef~${role}~ana~email~tk5x3c~sss`
const FACTS: MessageFacts = {
  name: 'Sample Ana',
  severity: 'SEV1',
  title: 'Credentials were used elsewhere',
  account: 'sample-eu (111122223333)',
  openedAt: '03:12, Sat 28 Mar 2026 (Europe/Berlin)',
  incidentUrl: 'https://muster.example.com/#inc-0123456789abcdef',
  nextCallAt: '03:17',
  others: ['Sample Ben (Legal Counsel)'],
  seats: [
    { role: 'incident-commander', reason: 'OnCall', url: URL_OF('incident-commander'), code: '42', replyCode: null },
    { role: 'account-owner', reason: 'Backup', url: URL_OF('account-owner'), code: '17', replyCode: null },
  ],
  stages: [{ name: 'GDPR, example-gmbh', timeLeft: '71 h left', dueAt: '03:12, Tue 31 Mar 2026', presumed: true }],
  about: 'reopened',
}
const KINDS = ['page', 'checkIn', 'clock', 'notice'] as const

const textsIn = (page: string) =>
  page
    .replace(/^[\s\S]*<body[^>]*>/, '')
    .split(/<[^>]*>/)
    .map((text) => plain(text).trim())
    .filter(Boolean)
const linksIn = (page: string) => [...page.matchAll(/<a href="([^"]*)"/g)].map(([, url]) => plain(url ?? ''))
const tagsIn = (page: string) => [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/="[^"]*"/g, ''))
const plain = (escaped: string) =>
  escaped
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

describe('a page as a mail', () => {
  test('says in order: how bad, what, where, since when, who else, who is meant, the seats, what happens otherwise', () => {
    expect(textsIn(ENGLISH.page(FACTS).html)).toEqual([
      'SEV1',
      'Credentials were used elsewhere',
      'Where: sample-eu (111122223333)',
      'Since: 03:12, Sat 28 Mar 2026 (Europe/Berlin)',
      'Also called: Sample Ben (Legal Counsel).',
      'Sample Ana, you are called as Incident Commander and Account Owner.',
      'Take the seat of Incident Commander',
      'The page asks for these two digits:',
      '42',
      'Take the seat of Account Owner',
      'The page asks for these two digits:',
      '17',
      "You are on call now. If you can't, the next person is called at 03:17.",
      'The incident',
    ])
  })

  test('has a button for each seat, with its digits in large type, and the incident', () => {
    const { html } = ENGLISH.page(FACTS)
    expect(linksIn(html)).toEqual([URL_OF('incident-commander'), URL_OF('account-owner'), FACTS.incidentUrl])
    expect(html).toMatch(/<span style="[^"]*font-size:44px[^"]*">42<\/span>/)
  })

  test('leaves out what is not known', () => {
    const [seat] = FACTS.seats.map((each) => ({ ...each, code: null, reason: null }))
    const bare = { ...FACTS, account: null, nextCallAt: null, others: [], seats: seat ? [seat] : [] }
    expect(textsIn(ENGLISH.page(bare).html)).toEqual([
      'SEV1',
      'Credentials were used elsewhere',
      'Since: 03:12, Sat 28 Mar 2026 (Europe/Berlin)',
      'Nobody else is called yet.',
      'Sample Ana, you are called as Incident Commander.',
      'Take the seat of Incident Commander',
      'The incident',
    ])
  })
})

describe('the other mails', () => {
  test('a check-in has a button that says so', () => {
    const { html } = ENGLISH.checkIn(FACTS)
    expect(textsIn(html)).toContain('I am still on it: Incident Commander')
    expect(textsIn(html)).toContain('Press once to say that you are still on it; otherwise somebody else is called.')
    expect(linksIn(html)).toEqual([URL_OF('incident-commander'), URL_OF('account-owner'), FACTS.incidentUrl])
  })

  test('a clock names its deadlines, and that Muster is no counsel', () => {
    expect(textsIn(ENGLISH.clock(FACTS).html)).toEqual([
      'SEV1',
      'Credentials were used elsewhere',
      'GDPR, example-gmbh: 71 h left, safe until 03:12, Tue 31 Mar 2026 (presumed from the signal; not an admission)',
      'Sample Ana, a notification clock needs Legal Counsel.',
      'Decide whether it is notifiable, record awareness, or submit. Muster is not legal advice.',
      'The incident',
    ])
  })

  test('a notice says what it is about', () => {
    expect(textsIn(ENGLISH.notice(FACTS).html)).toContain(
      'Sample Ana: There is new activity: the incident you were on is open again, and you hold your seat.',
    )
  })
})

describe('every mail', () => {
  test.each(KINDS)('a %s says each thing that its text says, link and code too', (kind) => {
    const { text, html } = ENGLISH[kind](FACTS)
    const said = [...textsIn(html), ...linksIn(html)].join(' ')
    const sentences = text
      .replaceAll(/\b(\d) (\d)$/gm, '$1$2')
      .split(/\n+|: {2}|: (?=https)|(?<=\.) |(?<=^SEV1): /m)
      .filter((part) => !part.startsWith('Take the seat'))
    for (const sentence of sentences) expect(said).toContain(sentence.replace(/:$/, ''))
  })

  test.each(KINDS)('a %s loads nothing, runs nothing, and is read in its language and in the dark', (kind) => {
    const { html } = ENGLISH[kind](FACTS)
    expect(html).toMatch(/^<!doctype html>\n<html lang="en"/)
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    expect(html).not.toMatch(/<(script|img|link|iframe|object|form|style|base)|src=|url\(|@import|\son\w+=/i)
  })

  test('whatever the facts hold, the page has the tags that it always has, and the links lead where they should', () => {
    fc.assert(
      fc.property(arbitraryFacts(), fc.constantFrom(...KINDS), (facts, kind) => {
        const made: MessageText = ENGLISH[kind](facts)
        expect(tagsIn(made.html)).toEqual(tagsIn(ENGLISH[kind](harmless(facts)).html))
        if (kind === 'page') expect(linksIn(made.html).slice(0, -1)).toEqual(facts.seats.map(({ url }) => url))
      }),
    )
  })

  test('the longest facts make a mail that no program clips', () => {
    const long = '&'.repeat(200)
    const seats = Array.from({ length: 8 }, () => ({
      role: 'r'.repeat(64),
      reason: null,
      url: `https://x/${'&'.repeat(512)}`,
      code: '42',
      replyCode: null,
    }))
    const { html } = ENGLISH.page({ ...FACTS, name: long, title: long, account: long, others: [long, long], seats })
    expect(Buffer.byteLength(html)).toBeLessThan(102_000)
  })
})

/** Texts as hostile as a finding's title or a person's name could be; addresses are our own, with hostile ends. */
function arbitraryFacts(): fc.Arbitrary<MessageFacts> {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '</title><script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onmouseover='x",
      '<!--',
      '&lt;',
    ),
  )
  const url = fc
    .string({ unit: fc.constantFrom('a', '<', '>', '"', "'", '&', '=', '~') })
    .map((end) => `https://x/a/${end}`)
  const reason = fc.constantFrom(...REASONS, null)
  const seat = fc.record({ role: text, reason, url, code: fc.option(text), replyCode: fc.constant(null) })
  const stage = fc.record({ name: text, timeLeft: text, dueAt: text, presumed: fc.boolean() })
  return fc.record({
    name: text,
    severity: text,
    title: text,
    account: fc.option(text),
    openedAt: text,
    incidentUrl: url,
    nextCallAt: fc.option(text),
    others: fc.array(text, { maxLength: 3 }),
    seats: fc.array(seat, { minLength: 1, maxLength: 3 }),
    stages: fc.array(stage, { maxLength: 3 }),
    about: fc.constantFrom('reopened', null),
  })
}

/** The same facts, each text a plain word. */
function harmless(facts: MessageFacts): MessageFacts {
  const word = (text: string | null) => (text === null ? null : 'x')
  return {
    ...facts,
    name: 'x',
    severity: 'x',
    title: 'x',
    account: word(facts.account),
    openedAt: 'x',
    incidentUrl: 'x',
    nextCallAt: word(facts.nextCallAt),
    others: facts.others.map(() => 'x'),
    seats: facts.seats.map((seat) => ({ ...seat, role: 'x', url: 'x', code: word(seat.code) })),
    stages: facts.stages.map(({ presumed }) => ({ name: 'x', timeLeft: 'x', dueAt: 'x', presumed })),
  }
}
