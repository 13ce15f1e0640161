import type { Draft } from './draft.ts'
import type { LinkIncident } from './merging-commands.ts'

/** Notes that another incident is shown together with this one. Again changes nothing. */
export function linkIncident(draft: Draft, { incidentId, indicators }: LinkIncident): null {
  const { id, linked, absorbed } = draft.state
  const isTogether = incidentId === id || linked.includes(incidentId) || absorbed.some((one) => one.id === incidentId)
  if (!isTogether) {
    draft.emit({ type: 'IncidentsLinked', v: 1, data: { incidentId, because: 'shared-indicator', indicators } })
  }
  return null
}
