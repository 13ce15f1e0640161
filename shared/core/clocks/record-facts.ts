import type { DecisionContext, RecordFacts, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { fingerprint } from '../incident/fingerprint.ts'
import type { RecordedFacts } from '../incident/state.ts'
import { reopenClocks } from './not-notifiable.ts'
import { invalid } from './refusals.ts'

/** What the head remembers is bounded. */
const MOST_OTHER_FACTS = 100

/** What a person found out, about the data or anything else. Nothing new changes nothing; anything new reopens what was decided. */
export function recordFacts(draft: Draft, command: RecordFacts, context: DecisionContext): Refusal | null {
  const { responderId, dataCategories, residents, other } = command
  const { facts } = draft.state
  if (isKnown(facts, command)) return null
  if (Object.keys({ ...facts.other, ...other }).length > MOST_OTHER_FACTS) {
    return invalid('facts', `at most ${MOST_OTHER_FACTS} facts of different names on one incident`)
  }
  draft.emit({ type: 'FactsRecorded', v: 1, data: { responderId, dataCategories, residents, other } })
  reopenClocks(draft, context, 'new-facts')
  return null
}

function isKnown(facts: RecordedFacts, { dataCategories, residents, other }: RecordFacts): boolean {
  return (
    dataCategories.every((category) => facts.dataCategories.includes(category)) &&
    residents.every((resident) => facts.residents.includes(resident)) &&
    Object.entries(other).every(([name, value]) => facts.other[name] === fingerprint(value))
  )
}
