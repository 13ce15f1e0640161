import type { DecisionContext, RecordFacts, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { reopenClocks } from './not-notifiable.ts'

/** What a person found out about the data concerned. Nothing new changes nothing; anything new reopens what was decided. */
export function recordFacts(draft: Draft, command: RecordFacts, context: DecisionContext): Refusal | null {
  const { responderId, dataCategories, residents } = command
  const { facts } = draft.state
  const known =
    dataCategories.every((category) => facts.dataCategories.includes(category)) &&
    residents.every((resident) => facts.residents.includes(resident))
  if (known) return null
  draft.emit({ type: 'FactsRecorded', v: 1, data: { responderId, dataCategories, residents } })
  reopenClocks(draft, context, 'new-facts')
  return null
}
