import { type Channel, findResponder, type Responder, type ResponderId } from '../directory/directory.ts'
import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { NoticeAbout } from '../incident/event-parts.ts'
import { usableChannels } from '../incident/reachable.ts'
import type { Seat } from '../incident/state.ts'
import { messageTarget } from './request-page.ts'

/**
 * Tells whoever holds a seat, once a person, what has become of the incident; whoever did it knows already. Nobody is
 * asked for anything, so that nothing waits for an answer and quiet hours put nothing off.
 */
export function tellHolders(
  draft: Draft,
  context: DecisionContext,
  about: NoticeAbout,
  doneBy: ResponderId | null = null,
): void {
  tell(draft, context, draft.state.seats, about, doneBy)
}

/** As `tellHolders`, those of other seats: of an incident that ends in this one. */
export function tell(
  draft: Draft,
  { directory }: DecisionContext,
  seats: readonly Pick<Seat, 'holder'>[],
  about: NoticeAbout,
  doneBy: ResponderId | null,
): void {
  for (const holder of new Set(seats.map((seat) => seat.holder))) {
    const isToBeTold = holder !== null && holder !== doneBy
    const responder = isToBeTold ? findResponder(directory, holder) : undefined
    const [channel] = responder ? usableChannels(draft.state, responder) : []
    if (responder && channel) notify(draft, responder, channel, about)
  }
}

/** One notice to one person on one channel. */
export function notify(draft: Draft, responder: Responder, channel: Channel, about: NoticeAbout): void {
  const { channelsLeft: _left, ...target } = messageTarget(draft, 'notice', responder, channel, [], about)
  draft.emit({ type: 'NoticeRequested', v: 1, data: { ...target, about } })
}
