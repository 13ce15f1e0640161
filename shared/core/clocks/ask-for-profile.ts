import { profileOf } from '../directory/directory.ts'
import { clockRecipient } from '../incident/clock-recipient.ts'
import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { requestNotice } from './request-notice.ts'

/** An account that nobody has described starts no clock by itself: Legal Counsel is asked what it holds. */
export function askForProfile(draft: Draft, context: DecisionContext): void {
  const undescribed = draft.state.accounts.some((id) => profileOf(context.directory, id) === null)
  const recipient = undescribed ? clockRecipient(draft.state, context.directory, context.now) : null
  if (recipient !== null) requestNotice(draft, recipient, 'no-profile')
}
