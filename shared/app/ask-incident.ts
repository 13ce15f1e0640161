import type { Command, Refusal } from '../core/incident/commands.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Dependencies } from './dependencies.ts'
import { type Kept, keepAnswer, requestCause, sentPrint } from './kept-answers.ts'
import type { LoadedIncident } from './load-incident.ts'
import { PERSON, runCommand } from './run-command.ts'

/** What a person's door says beside the command. */
export interface Asked {
  readonly now: Instant
  /** The caller's own name for this request; null when it gave none. At most 255 characters. */
  readonly idempotencyKey: string | null
}

/** What is asked of one incident. The answer is known before anything is decided, so that it can be kept with it. */
export interface Question<Answer> {
  readonly incidentId: string
  readonly actor: string
  /** What a key belongs to: the same key elsewhere is another. */
  readonly scope: string
  /** What the caller sent: the same key with another body is a mistake. */
  readonly sent: unknown
  readonly answer: Answer
  readonly command: (loaded: LoadedIncident) => Promise<Command | null> | Command | null
}

export type Answered<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: 'KeyReused' }
  | Refusal

export type CommandDependencies = Pick<Dependencies, 'table' | 'real' | 'random' | 'directory' | 'obligations'>

/**
 * Runs one command for a person. With an idempotency key the answer is kept: the same key again gives it back and
 * changes nothing, also when the first time there was nothing to change. A refusal is not kept: it may be asked again.
 * @throws ConflictFault, TransientFault as `runCommand`.
 */
export async function askIncident<Answer>(
  deps: CommandDependencies,
  asked: Asked,
  question: Question<Answer>,
): Promise<Answered<Answer>> {
  const { idempotencyKey: key, now } = asked
  const cause = key === null ? `ask/${deps.random.id()}` : requestCause(question.scope, key)
  const kept: Kept = { sent: key === null ? null : sentPrint(question.sent), answer: question.answer }
  const { incidentId, actor, command } = question
  const remembered = key === null ? {} : { remembered: cause }
  const request = { incidentId, actor, command, now, causes: [cause], answer: kept, patience: PERSON, ...remembered }
  const outcome = await runCommand(deps, request)
  if (outcome.status === 'refused') return outcome.refusal
  if (outcome.status === 'committed') return { ok: true, answer: question.answer }
  if (!outcome.known && key === null) return { ok: true, answer: question.answer }
  // No commit carries the answer where nothing changed: it is kept on a row of its own.
  const known = outcome.known
    ? (outcome.answer as Kept)
    : await keepAnswer(deps.table, cause, kept, { state: outcome.state, now })
  return known.sent === kept.sent ? { ok: true, answer: known.answer as Answer } : { ok: false, reason: 'KeyReused' }
}
