import { findResponder, hasLeft, policyFor } from '../core/directory/directory.ts'
import { cleanTitle } from '../core/findings/text.ts'
import type { OpenIncident, Refusal } from '../core/incident/commands.ts'
import type { IncidentSeverity } from '../core/severity/severity.ts'
import { type Answered, type Asked, askIncident, type CommandDependencies } from './ask-incident.ts'
import { incidentIdOf, sha256 } from './rows/keys.ts'

export interface Declaration {
  readonly title: string
  readonly severity: IncidentSeverity
  /** Twelve digits; null when no account is known to be concerned. */
  readonly accountId: string | null
  readonly responderId: string
}

export interface DeclaredIncident extends Declaration {
  readonly id: string
  readonly status: 'open'
}

const MOST_TITLE_CHARS = 200

/**
 * Opens an incident that a person declares. Each declaration is a group of its own; with an idempotency key the id is
 * derived from it, so that a repeat finds the same incident whatever became of the first answer.
 */
export async function declareIncident(
  deps: CommandDependencies,
  declaration: Declaration,
  asked: Asked,
): Promise<Answered<DeclaredIncident>> {
  const { idempotencyKey, now } = asked
  const refusal = await mayDeclare(deps, declaration, now)
  if (refusal !== null) return refusal
  const groupKey = `declared/${idempotencyKey === null ? deps.random.id() : `key/${idempotencyKey}`}`
  const groupHash = sha256(groupKey).slice(0, 32)
  const incidentId = incidentIdOf(groupHash, 1)
  const opening = openingOf(declaration, groupKey, groupHash)
  return askIncident(deps, asked, {
    incidentId,
    actor: declaration.responderId,
    scope: 'incidents',
    sent: declaration,
    answer: { id: incidentId, status: 'open', ...declaration, title: opening.title },
    // What is there already was opened with this key: its cause says so, and the answer with it.
    command: ({ state }) => (state === null ? opening : null),
  })
}

async function mayDeclare(
  { directory: reader }: CommandDependencies,
  { responderId, severity }: Declaration,
  now: string,
): Promise<Refusal | null> {
  const { directory } = await reader.current()
  const responder = findResponder(directory, responderId)
  if (!responder) return { ok: false, reason: 'NotFound', what: `responder ${responderId}` }
  if (hasLeft(responder, now)) return { ok: false, reason: 'Forbidden', why: 'this person has left' }
  if (policyFor(directory, severity)) return null
  const known = directory.policies.map((policy) => policy.severity).join(', ') || 'none yet'
  return { ok: false, reason: 'Invalid', field: 'severity', expected: `one that a muster policy exists for: ${known}` }
}

function openingOf(
  { title, severity, accountId, responderId }: Declaration,
  groupKey: string,
  groupHash: string,
): OpenIncident {
  return {
    type: 'OpenIncident',
    title: cleanTitle(title, MOST_TITLE_CHARS),
    severity,
    groupHash,
    groupKey,
    episode: 1,
    accountId,
    declaredBy: responderId,
    occurredAt: null,
    findings: [],
  }
}
