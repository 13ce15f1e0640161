import type { AccountProfile, DataCategory, Directory, LegalEntity } from '../directory/directory.ts'
import { profileOf } from '../directory/directory.ts'
import type { IncidentState, RecordedFacts } from '../incident/state.ts'
import { countryOf, DEFAULT_ZONE, isEuropean, zoneOfCountry } from './european-countries.ts'
import type { Concerns, Obligation } from './obligation.ts'

/** A legal entity that has a duty on this incident, and the zone in which its deadlines are counted. */
export interface Duty {
  readonly obligation: Obligation
  readonly entityId: string
  readonly zone: string
}

/** What an account's data is, by its profile and by what people recorded. */
type Holdings = Pick<AccountProfile, 'dataCategories' | 'residents' | 'entities'>

/** `personal` covers these too. */
const PERSONAL: readonly DataCategory[] = ['special-category', 'health', 'children']

/**
 * Every duty that may concern the incident, by the profiles of its accounts (else the default `*`) and the facts
 * recorded on it; without either, none. Pending law and suggestions that nobody adopted never apply.
 */
export function dutiesOf(
  state: IncidentState,
  directory: Directory,
  obligations: readonly Obligation[],
): readonly Duty[] {
  const accounts = state.accounts.length > 0 ? state.accounts : ['unknown']
  return obligations.filter(mayStart).flatMap((obligation) =>
    accounts.flatMap((accountId) => {
      const holdings = widen(profileOf(directory, accountId), state.facts)
      return isConcerned(holdings, obligation.concerns) ? entitiesOf(holdings, obligation, accountId) : []
    }),
  )
}

/** The zone in which an entity's deadlines are counted; the default for one that the directory does not know any more. */
export function zoneOfEntity(directory: Directory, entityId: string): string {
  const entity = directory.accounts.flatMap(({ entities }) => entities).find(({ id }) => id === entityId)
  return entity ? zoneOfCountry(entity.country) : DEFAULT_ZONE
}

function mayStart({ pending, adoptedByDefault }: Obligation): boolean {
  return adoptedByDefault && !pending
}

function widen(profile: AccountProfile | null, facts: RecordedFacts): Holdings {
  return {
    dataCategories: [...(profile?.dataCategories ?? []), ...facts.dataCategories],
    residents: [...(profile?.residents ?? []), ...facts.residents],
    entities: profile?.entities ?? [],
  }
}

function isConcerned({ dataCategories, residents }: Holdings, concerns: Concerns): boolean {
  const held = new Set<DataCategory>(dataCategories)
  if (PERSONAL.some((category) => held.has(category))) held.add('personal')
  return (
    concerns.dataCategories.some((category) => held.has(category)) &&
    concerns.residents.some((place) => residents.some((resident) => livesIn(resident, place)))
  )
}

function livesIn(resident: string, place: string): boolean {
  if (place === 'EU') return isEuropean(resident)
  return resident === place || countryOf(resident) === place
}

function entitiesOf({ entities }: Holdings, obligation: Obligation, accountId: string): readonly Duty[] {
  if (entities.length === 0) return [{ obligation, entityId: `account-${accountId}`, zone: DEFAULT_ZONE }]
  return entities
    .filter((entity) => acts(entity, obligation.who))
    .map(({ id, country }) => ({ obligation, entityId: id, zone: zoneOfCountry(country) }))
}

/** An entity of which nobody says that it processes for others is a controller. */
function acts({ classes }: LegalEntity, who: Obligation['who']): boolean {
  return classes.includes(who) || (who === 'controller' && !classes.includes('processor'))
}
