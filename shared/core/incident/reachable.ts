import { verifiedChannels } from '../directory/availability.ts'
import type { Channel, Responder } from '../directory/directory.ts'
import { isSamePrincipal } from '../findings/principal.ts'
import { channelRefused, type IncidentState } from './state.ts'

/** The channels on which a person can be reached on this incident, in order. */
export function usableChannels(state: IncidentState, responder: Responder): readonly Channel[] {
  return verifiedChannels(responder).filter((channel) => !channelRefused(state, responder.id, channel.id))
}

/** A person whose AWS principal appears in a finding neither leads nor reads. */
export function hasConflictOfInterest(state: IncidentState, responder: Responder): boolean {
  return responder.principals.some((principal) => state.principals.some((named) => isSamePrincipal(principal, named)))
}
