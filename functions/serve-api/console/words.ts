import type { MessageKind } from '../../../shared/core/incident/event-parts.ts'
import type { Reason } from '../../../shared/core/incident/reasons.ts'

/** Every reason of the record in words that follow a name: `Sample Ana: on holiday or away`. */
export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  OnCall: 'on call now',
  Backup: 'the backup',
  RoleMember: 'has this role',
  Widened: 'agreed to be called off duty',
  Absent: 'on holiday or away',
  Left: 'no longer in the organisation',
  NoVerifiedChannel: 'no working channel',
  Declined: 'declined',
  ConflictOfInterest: 'appears in a finding of this incident',
  HoldsAnotherSeat: 'holds a seat on another incident',
  SeatTaken: 'the seat was taken',
  AttemptEnded: 'the call was over',
  EscalatedByHand: 'somebody asked for the next person',
  SeatsExclude: 'holds a seat that excludes this one',
  QuietHours: 'has quiet hours',
  WindowElapsed: 'no answer in time',
  DeliveryFailed: 'could not be reached',
  ChannelRefused: 'the channel is dead',
  TakenByName: 'took it by name',
  HandedOver: 'it was handed over',
  CheckInUnanswered: 'did not answer the check-in',
  SeverityRaised: 'the severity rose',
  Exhausted: 'everybody was tried',
  NewRound: 'calling again from the top',
  Closed: 'the incident was closed',
  Merged: 'the incident was merged into another',
}

const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  email: 'e-mail',
  sms: 'SMS',
  voice: 'phone call',
  slack: 'Slack',
  teams: 'Teams',
}

/** A kind of channel as people call it; kinds of the user's own stay as they are written. */
export function channelWord(kind: string): string {
  return CHANNEL_WORDS[kind] ?? kind
}

export const KIND_WORDS: Readonly<Record<MessageKind, string>> = {
  page: 'page',
  'check-in': 'check-in',
  clock: 'clock message',
  notice: 'notice',
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
