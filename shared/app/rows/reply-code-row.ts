import { type Instant, plusSeconds } from '../../core/time/instant.ts'
import type { Item } from '../../ports/table.ts'
import { replyCodeKey, sha256 } from './keys.ts'

/** A code may be answered for so long after the last page that showed it. */
const CODE_LIVES_SECONDS = 24 * 3600
/** The codes that a seat may have for one person, in the order in which they are tried. */
const CANDIDATES = 8

/** The seat that a code stands for, and the person who may answer with it. */
export interface CodedSeat {
  readonly incidentId: string
  readonly role: string
  readonly responderId: string
}

export interface ReplyCode extends CodedSeat {
  readonly code: string
  /** When a page last asked for the seat. */
  readonly at: Instant
}

/** Four digits each, without a leading zero: the same for the same seat and person, whoever asks. */
export function candidateCodes({ incidentId, role, responderId }: CodedSeat): string[] {
  const codes = Array.from({ length: CANDIDATES }, (_, place) => {
    const print = sha256(`reply ${incidentId} ${role} ${responderId} ${place}`)
    return String(1000 + (Number.parseInt(print.slice(0, 8), 16) % 9000))
  })
  return [...new Set(codes)]
}

/** Listed by its person, so that a reply without a code can be understood. */
export function replyCodeRow({ code, incidentId, role, responderId, at }: ReplyCode): Item {
  return {
    ...replyCodeKey(responderId, code),
    incidentId,
    role,
    responderId,
    code,
    at,
    listPk: codesOf(responderId),
    listAt: at,
  }
}

export function readReplyCode(item: Item): ReplyCode {
  const text = (name: string) => String(item[name])
  return {
    code: text('code'),
    incidentId: text('incidentId'),
    role: text('role'),
    responderId: text('responderId'),
    at: text('at'),
  }
}

/** The partition of a person's codes in the `list` index, by when each was last shown. */
export function codesOf(responderId: string): string {
  return `codes#${responderId}`
}

export function isAlive({ at }: ReplyCode, now: Instant): boolean {
  return now < plusSeconds(at, CODE_LIVES_SECONDS)
}

/** Codes last shown before this are over. */
export function oldestAlive(now: Instant): Instant {
  return plusSeconds(now, -CODE_LIVES_SECONDS)
}
