import type { Responder } from '../core/directory/directory.ts'
import type { IncomingText } from '../sources/replies/reply.ts'
import { readTextWords, type TextWords } from '../sources/replies/text-words.ts'
import type { CommandDependencies } from './ask-incident.ts'
import type { Dependencies } from './dependencies.ts'
import { keepAnswer, readKept, requestCause } from './kept-answers.ts'
import { openCalls } from './open-calls.ts'
import { openCode } from './reply-codes.ts'
import type { CodedSeat } from './rows/reply-code-row.ts'
import { askForSeat } from './seat-commands.ts'

type Deps = CommandDependencies & Pick<Dependencies, 'time' | 'alarms'>
type Answer = Extract<TextWords, { kind: 'answer' }>

/** The seat that a text is about, and what its sender wants with it. */
interface Meant extends CodedSeat {
  readonly action: Answer['action']
}

/** Why a text changed nothing, beside what a seat's own rules say. */
type Unclear = 'NoAnswer' | 'UnknownNumber' | 'UnknownCode' | 'NoOpenCall' | 'SeveralOpenCalls'

/**
 * Does what somebody texted: takes the seat whose code it names, or declines it. What it means is kept before it is
 * done, so that the same text, delivered again later, never takes another seat. A text that changes nothing is an
 * alarm: its sender may believe that the seat is theirs.
 */
export async function acknowledgeByText(deps: Deps, text: IncomingText): Promise<void> {
  const words = readTextWords(text.body)
  if (words.kind === 'service-keyword') return
  const meant = words.kind === 'unclear' ? 'NoAnswer' : await meantBy(deps, text, words)
  if (typeof meant === 'string') return notUnderstood(deps, { textId: text.id, why: meant })
  const { incidentId, role, responderId, action } = meant
  const request = { incidentId, role, responderId, action, to: null, reason: null, via: 'sms' }
  const answered = await askForSeat(deps, request, { now: deps.time.now(), idempotencyKey: text.id })
  if (!answered.ok) notUnderstood(deps, { textId: text.id, why: answered.reason, incidentId, role, responderId })
}

function notUnderstood({ alarms }: Deps, detail: Readonly<Record<string, string>>): void {
  alarms.raise('ReplyNotUnderstood', detail)
}

async function meantBy(deps: Deps, text: IncomingText, answer: Answer): Promise<Meant | Unclear> {
  const cause = requestCause('texts', text.id)
  const kept = await readKept(deps.table, cause)
  if (kept !== null) return kept.answer as Meant
  const found = await seatMeant(deps, text, answer)
  if (typeof found === 'string') return found
  const { incidentId, role, responderId } = found
  const meant: Meant = { incidentId, role, responderId, action: answer.action }
  const now = deps.time.now()
  return (await keepAnswer(deps.table, cause, { sent: null, answer: meant }, { state: null, now })).answer as Meant
}

async function seatMeant(deps: Deps, { from }: IncomingText, { action, code }: Answer): Promise<CodedSeat | Unclear> {
  const { directory } = await deps.directory.current()
  const people = directory.responders.filter((responder) => hasNumber(responder, from))
  if (people.length === 0) return 'UnknownNumber'
  const now = deps.time.now()
  const found = await Promise.all(
    people.map(async ({ id }) => {
      if (code === null) return openCalls(deps.table, id, action, now)
      const row = await openCode(deps.table, id, code, now)
      return row === null ? [] : [row]
    }),
  )
  const [seat, ...others] = found.flat()
  if (seat === undefined) return code === null ? 'NoOpenCall' : 'UnknownCode'
  return others.length === 0 ? seat : 'SeveralOpenCalls'
}

function hasNumber({ channels }: Responder, number: string): boolean {
  return channels.some(({ kind, verified, address }) => {
    return kind === 'sms' && verified && digitsOf(address) === digitsOf(number)
  })
}

function digitsOf(number: string): string {
  return number.replaceAll(/\D/g, '')
}
