import { type Directory, findResponder, type Responder } from '../core/directory/directory.ts'
import { type IncidentState, type Seat, seatOf } from '../core/incident/state.ts'
import { codeOf, type LinkGrant, readLink } from './acknowledge-link.ts'
import type { Answered, CommandDependencies } from './ask-incident.ts'
import type { DoorDependencies } from './dependencies.ts'
import { loadSurvivor } from './follow-merged.ts'
import { askForSeat, type SeatAnswer } from './seat-commands.ts'

/** An acknowledge link that can still be pressed, with what its page shows. */
export interface OpenLink {
  readonly status: 'open'
  readonly token: string
  /** As the link says it: its incident may have been merged into that of `state`. */
  readonly grant: LinkGrant
  readonly state: IncidentState
  readonly seat: Seat
  readonly responder: Responder
  readonly directory: Directory
  /** The digits that the form must bring; null where one press is enough. */
  readonly code: string | null
}

export type LinkView =
  | OpenLink
  /** Not one of ours, or mangled on its way. */
  | { readonly status: 'forged' }
  /** Its time is over, or its person or seat is not there any more. */
  | { readonly status: 'expired' }
  | { readonly status: 'closed'; readonly state: IncidentState }

/** Looks at a link without doing anything. */
export async function openLink(
  deps: Pick<DoorDependencies, 'table' | 'directory' | 'time' | 'verifier'>,
  token: string,
): Promise<LinkView> {
  const grant = await readLink(deps.verifier, token)
  if (grant === null) return { status: 'forged' }
  if (grant.expiresAt <= deps.time.now()) return { status: 'expired' }
  const [{ state }, { directory }] = await Promise.all([
    loadSurvivor(deps.table, grant.incidentId),
    deps.directory.current(),
  ])
  if (state?.status === 'closed') return { status: 'closed', state }
  const seat = state === null ? undefined : seatOf(state, grant.role)
  const responder = findResponder(directory, grant.responderId)
  if (state === null || !seat || !responder) return { status: 'expired' }
  return { status: 'open', token, grant, state, seat, responder, directory, code: codeOf(token, grant.channel) }
}

/** Takes the seat that a link names. Everything that makes the press a person's has been checked before. */
export function pressLink(
  deps: CommandDependencies & Pick<DoorDependencies, 'time'>,
  { grant }: OpenLink,
): Promise<Answered<SeatAnswer>> {
  const { incidentId, role, responderId } = grant
  const request = { incidentId, role, responderId, action: 'acknowledge', to: null, reason: null, via: 'link' } as const
  return askForSeat(deps, request, { now: deps.time.now(), idempotencyKey: null })
}
