import { clockRecipient } from '../incident/clock-recipient.ts'
import type { DecisionContext, DeclareNotNotifiable, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { EventOf } from '../incident/events.ts'
import type { Clock } from '../incident/state.ts'
import { invalid } from './refusals.ts'
import { requestNotice } from './request-notice.ts'
import { refuseUnlessDecides } from './who-decides.ts'

/** Legal Counsel says that nothing has to be notified, and why: GDPR Art. 33(5) wants even that documented. */
export function declareNotNotifiable(
  draft: Draft,
  clock: Clock,
  command: DeclareNotNotifiable,
  context: DecisionContext,
): Refusal | null {
  const { responderId, note } = command
  const refused = refuseUnlessDecides(draft.state, context, responderId)
  if (refused) return refused
  if (clock.status === 'not-notifiable') return null
  if (note === null) return invalid('reason', 'why nothing has to be notified')
  draft.emit({ type: 'ClockDeclaredNotNotifiable', v: 1, data: { clockId: clock.id, responderId, ...note } })
  return null
}

/** What is new may change a "not notifiable": those clocks run again, and Legal Counsel is told once for all of them. */
export function reopenClocks(
  draft: Draft,
  context: DecisionContext,
  because: EventOf<'ClockReopened'>['data']['because'],
): void {
  const decided = draft.state.clocks.filter(({ status }) => status === 'not-notifiable')
  for (const { id } of decided) draft.emit({ type: 'ClockReopened', v: 1, data: { clockId: id, because } })
  const recipient = decided.length > 0 ? clockRecipient(draft.state, context.directory, context.now) : null
  if (recipient !== null) requestNotice(draft, recipient, 'not-notifiable-reopened')
}
