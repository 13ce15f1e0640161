import type { Reason } from '../../core/incident/reasons.ts'
import type { MessageFacts, MessageText, MessageTexts } from '../../ports/message-texts.ts'
import { type Letter, type LetterButton, mailHtml } from './mail-html.ts'

const WHY: Partial<Record<Reason, string>> = {
  OnCall: 'You are on call now.',
  Backup: 'You are the backup: the person before you is away or has not answered.',
  RoleMember: 'Everybody listed was tried; you have this role.',
  Widened: 'Nobody with this role has answered; you agreed to be called off duty.',
  HandedOver: 'The seat is being handed over to you.',
}

const NOTICES = {
  reopened: 'There is new activity: the incident you were on is open again, and you hold your seat.',
  merged: 'The incident that you were on goes on as this one. Its page says who holds which seat.',
  raised: 'The incident you are on has become worse: its severity rose. You hold your seat.',
  'not-notifiable-reopened': 'New facts: a clock that was decided as not notifiable is open again. Please decide anew.',
  'late-signal':
    'The finding says that it began more than 15 minutes before it arrived here. From which moment does awareness count?',
  'no-profile':
    'Nobody has described what this account holds, so no notification clock was started. Does it hold personal data?',
} as const

const DIGITS = 'The page asks for these two digits:'
const INCIDENT = 'The incident'

function role(slug: string): string {
  return slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

function headline({ severity, title }: MessageFacts): string {
  return `${severity}: ${title}`
}

function where({ account, openedAt }: MessageFacts): string[] {
  return [...(account === null ? [] : [`Where: ${account}`]), `Since: ${openedAt}`]
}

function take(facts: MessageFacts): string {
  return facts.seats
    .map((seat) => {
      const digits = seat.code === null ? '' : `\n${DIGITS}  ${seat.code.split('').join(' ')}`
      return `${takeSeat(seat.role)}:\n${seat.url}${digits}`
    })
    .join('\n\n')
}

function takeSeat(slug: string): string {
  return `Take the seat of ${role(slug)}`
}

function buttons({ seats }: MessageFacts, label: (slug: string) => string): LetterButton[] {
  return seats.map((seat) => ({
    label: label(seat.role),
    url: seat.url,
    code: seat.code === null ? null : { words: DIGITS, digits: seat.code },
  }))
}

function incident({ incidentUrl }: MessageFacts): string {
  return `${INCIDENT}: ${incidentUrl}`
}

/** The same as the text says, as a page. */
function mail({ severity, title, incidentUrl }: MessageFacts, said: Pick<Letter, 'asks'> & Partial<Letter>): string {
  const link = { label: INCIDENT, url: incidentUrl }
  return mailHtml({ language: 'en', severity, title, incident: link, lines: [], buttons: [], closing: [], ...said })
}

function roles(facts: MessageFacts): string {
  return facts.seats.map((seat) => role(seat.role)).join(' and ')
}

function page(facts: MessageFacts): MessageText {
  const why = facts.seats.map((seat) => (seat.reason === null ? undefined : WHY[seat.reason])).find(Boolean) ?? ''
  const next = facts.nextCallAt === null ? '' : ` If you can't, the next person is called at ${facts.nextCallAt}.`
  const others = facts.others.length === 0 ? 'Nobody else is called yet.' : `Also called: ${facts.others.join(', ')}.`
  const called = `${facts.name}, you are called as ${roles(facts)}.`
  return {
    subject: `[${facts.severity}] ${roles(facts)} needed: ${facts.title}`,
    text: paragraphs([
      called,
      [headline(facts), ...where(facts)].join('\n'),
      take(facts),
      `${why}${next} ${others}`.trim(),
      incident(facts),
    ]),
    html: mail(facts, {
      lines: [...where(facts), others],
      asks: [called],
      buttons: buttons(facts, takeSeat),
      closing: [`${why}${next}`.trim()].filter(Boolean),
    }),
  }
}

/** What one text message holds in GSM characters, of which these count twice: links are full of `~`. */
const ONE_TEXT = 160
const COUNT_TWICE = /[~^{}[\]\\|€]/g
/** How a seat is taken by answering; the shortest last, for when only that lets the text stay one. */
const ANSWERS: readonly ((code: string) => string)[] = [
  (code) => `Reply ACK ${code} to take it, or press `,
  (code) => `Reply ACK ${code} or `,
  (code) => `ACK ${code} or `,
]

/** One text where that is possible; where it takes two anyway, in full words. */
function shortPage(facts: MessageFacts): string {
  const [whole = '', ...shorter] = ANSWERS.map((answer) => shortPageWith(facts, answer))
  return [whole, ...shorter].find((text) => text.replace(COUNT_TWICE, '~~').length <= ONE_TEXT) ?? whole
}

function shortPageWith(facts: MessageFacts, answer: (code: string) => string): string {
  const place = facts.account === null ? '' : ` ${facts.account.split(' ')[0]}`
  const about = `${facts.severity} ${facts.openedAt.slice(0, 5)}${place}:`
  const asks = facts.seats.map((seat) => {
    return `${role(seat.role)}? ${seat.replyCode === null ? '' : answer(seat.replyCode)}${seat.url}`
  })
  return [about, ...asks].join(asks.length === 1 ? ' ' : '\n')
}

function checkIn(facts: MessageFacts): MessageText {
  const silent = `${facts.name}, you hold the seat of ${roles(facts)} and nothing was heard of you for a while.`
  const press = 'Press once to say that you are still on it; otherwise somebody else is called.'
  return {
    subject: `[${facts.severity}] Still on it? ${facts.title}`,
    text: paragraphs([silent, headline(facts), press, take(facts), incident(facts)]),
    html: mail(facts, {
      asks: [silent, press],
      buttons: buttons(facts, (slug) => `I am still on it: ${role(slug)}`),
    }),
  }
}

function clock(facts: MessageFacts): MessageText {
  const lines = facts.stages.map(
    (stage) =>
      `${stage.name}: ${stage.timeLeft}, safe until ${stage.dueAt}${stage.presumed ? ' (presumed from the signal; not an admission)' : ''}`,
  )
  const [nearest] = facts.stages
  const needed = `${facts.name}, a notification clock needs Legal Counsel.`
  const decide = 'Decide whether it is notifiable, record awareness, or submit. Muster is not legal advice.'
  return {
    subject: `[${facts.severity}] Notification clock: ${nearest ? `${nearest.name}, ${nearest.timeLeft}` : facts.title}`,
    text: paragraphs([needed, headline(facts), lines.join('\n'), decide, incident(facts)]),
    html: mail(facts, { lines, asks: [needed, decide] }),
  }
}

function notice(facts: MessageFacts): MessageText {
  const said = `${facts.name}: ${facts.about === null ? '' : NOTICES[facts.about]}`
  return {
    subject: `[${facts.severity}] ${facts.title}`,
    text: paragraphs([said, headline(facts), incident(facts)]),
    html: mail(facts, { asks: [said] }),
  }
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

export const ENGLISH: MessageTexts = { role, page, shortPage, checkIn, clock, notice }
