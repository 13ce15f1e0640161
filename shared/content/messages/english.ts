import type { Reason } from '../../core/incident/reasons.ts'
import type { MessageFacts, MessageText, MessageTexts } from '../../ports/message-texts.ts'

const WHY: Partial<Record<Reason, string>> = {
  OnCall: 'You are on call now.',
  Backup: 'You are the backup: the person before you is away or has not answered.',
  RoleMember: 'Everybody listed was tried; you have this role.',
  Widened: 'Nobody with this role has answered; you agreed to be called off duty.',
  HandedOver: 'The seat is being handed over to you.',
}

const NOTICES = {
  reopened: 'There is new activity: the incident you were on is open again, and you hold your seat.',
  'not-notifiable-reopened': 'New facts: a clock that was decided as not notifiable is open again. Please decide anew.',
  'late-signal':
    'The finding says that it began more than 15 minutes before it arrived here. From which moment does awareness count?',
  'no-profile':
    'Nobody has described what this account holds, so no notification clock was started. Does it hold personal data?',
} as const

function role(slug: string): string {
  return slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

function headline({ severity, title }: MessageFacts): string {
  return `${severity}: ${title}`
}

function where({ account, openedAt }: MessageFacts): string {
  return [account === null ? null : `Where: ${account}`, `Since: ${openedAt}`]
    .filter((line) => line !== null)
    .join('\n')
}

function take(facts: MessageFacts): string {
  return facts.seats
    .map((seat) => {
      const digits = seat.code === null ? '' : `\nThe page asks for these two digits:  ${seat.code.split('').join(' ')}`
      return `Take the seat of ${role(seat.role)}:\n${seat.url}${digits}`
    })
    .join('\n\n')
}

function roles(facts: MessageFacts): string {
  return facts.seats.map((seat) => role(seat.role)).join(' and ')
}

function page(facts: MessageFacts): MessageText {
  const why = facts.seats.map((seat) => (seat.reason === null ? undefined : WHY[seat.reason])).find(Boolean) ?? ''
  const next = facts.nextCallAt === null ? '' : ` If you can't, the next person is called at ${facts.nextCallAt}.`
  const others = facts.others.length === 0 ? 'Nobody else is called yet.' : `Also called: ${facts.others.join(', ')}.`
  return {
    subject: `[${facts.severity}] ${roles(facts)} needed: ${facts.title}`,
    text: paragraphs([
      `${facts.name}, you are called as ${roles(facts)}.`,
      `${headline(facts)}\n${where(facts)}`,
      take(facts),
      `${why}${next} ${others}`.trim(),
      `The incident: ${facts.incidentUrl}`,
    ]),
  }
}

function shortPage(facts: MessageFacts): string {
  const place = facts.account === null ? '' : ` ${facts.account.split(' ')[0]}`
  const about = `${facts.severity} ${facts.openedAt.slice(0, 5)}${place}:`
  const links = facts.seats.map((seat) => `${role(seat.role)}? ${seat.url}`)
  return [about, ...links].join(links.length === 1 ? ' ' : '\n')
}

function checkIn(facts: MessageFacts): MessageText {
  return {
    subject: `[${facts.severity}] Still on it? ${facts.title}`,
    text: paragraphs([
      `${facts.name}, you hold the seat of ${roles(facts)} and nothing was heard of you for a while.`,
      headline(facts),
      `Press once to say that you are still on it; otherwise somebody else is called.\n\n${take(facts)}`,
      `The incident: ${facts.incidentUrl}`,
    ]),
  }
}

function clock(facts: MessageFacts): MessageText {
  const lines = facts.stages.map(
    (stage) =>
      `${stage.name}: ${stage.timeLeft}, safe until ${stage.dueAt}${stage.presumed ? ' (presumed from the signal; not an admission)' : ''}`,
  )
  const [nearest] = facts.stages
  return {
    subject: `[${facts.severity}] Notification clock: ${nearest ? `${nearest.name}, ${nearest.timeLeft}` : facts.title}`,
    text: paragraphs([
      `${facts.name}, a notification clock needs Legal Counsel.`,
      headline(facts),
      lines.join('\n'),
      'Decide whether it is notifiable, record awareness, or submit. Muster is not legal advice.',
      `The incident: ${facts.incidentUrl}`,
    ]),
  }
}

function notice(facts: MessageFacts): MessageText {
  return {
    subject: `[${facts.severity}] ${facts.title}`,
    text: paragraphs([
      `${facts.name}: ${facts.about === null ? '' : NOTICES[facts.about]}`,
      headline(facts),
      `The incident: ${facts.incidentUrl}`,
    ]),
  }
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n')
}

export const ENGLISH: MessageTexts = { role, page, shortPage, checkIn, clock, notice }
