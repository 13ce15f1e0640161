import { describe, expect, it } from 'vitest'
import { OBLIGATIONS } from '../../../../shared/content/obligations/catalogue.ts'
import { EU_GDPR_ART33_AUTHORITY } from '../../../../shared/content/obligations/eu-gdpr-art33-authority.ts'
import { dutiesOf, zoneOfEntity } from '../../../../shared/core/clocks/applies.ts'
import type { Obligation } from '../../../../shared/core/clocks/obligation.ts'
import type { AccountProfile, DataCategory } from '../../../../shared/core/directory/directory.ts'
import type { IncidentState } from '../../../../shared/core/incident/state.ts'
import { directory, profile, Sample } from './sample-incident.ts'

const GDPR: Obligation = EU_GDPR_ART33_AUTHORITY
const open = (change: Partial<IncidentState> = {}) => ({ ...new Sample().open().state, ...change }) as IncidentState

function duties(change: Partial<AccountProfile>, obligations: readonly Obligation[] = OBLIGATIONS, state = open()) {
  return dutiesOf(state, directory({ accounts: [profile(change)] }), obligations).map(({ entityId, zone }) => [
    entityId,
    zone,
  ])
}

const GMBH = [['example-gmbh', 'Europe/Berlin']]

describe('dutiesOf', () => {
  it.each<DataCategory>(['personal', 'special-category', 'health', 'children'])('%s is personal data', (category) => {
    expect(duties({ dataCategories: ['credentials', category] })).toEqual(GMBH)
  })

  it.each<DataCategory>(['none', 'payment-card', 'credentials', 'communications'])('%s alone is not', (category) => {
    expect(duties({ dataCategories: [category] })).toEqual([])
  })

  it.each(['EU', 'DE', 'NO', 'ES-CN'])('residents of %s are of the EU', (resident) => {
    expect(duties({ residents: ['US-CA', resident] })).toEqual(GMBH)
  })

  it.each([[[]], [['US']], [['GB', 'CH']]])('residents %j are not', (residents) => {
    expect(duties({ residents })).toEqual([])
  })

  it('concerns each controller, in the zone of its country', () => {
    const entities = [
      { id: 'one', country: 'PT', classes: ['controller', 'credit-institution'] },
      { id: 'two', country: 'US', classes: ['credit-institution'] },
      { id: 'both', country: 'FI', classes: ['processor', 'controller'] },
      { id: 'processor-only', country: 'DE', classes: ['processor'] },
    ]
    expect(duties({ entities })).toEqual([
      ['one', 'Europe/Lisbon'],
      ['two', 'Europe/Brussels'],
      ['both', 'Europe/Helsinki'],
    ])
  })

  it('concerns processors only where the obligation is theirs', () => {
    const entities = [
      { id: 'one', country: 'DE', classes: ['controller'] },
      { id: 'other', country: 'DE', classes: ['processor'] },
    ]
    expect(duties({ entities }, [{ ...GDPR, who: 'processor' }])).toEqual([['other', 'Europe/Berlin']])
  })

  it('concerns the account where no entity is named', () => {
    expect(duties({ entities: [] })).toEqual([['account-123456789012', 'Europe/Brussels']])
  })

  it('goes by the default profile for an account without its own, and for none', () => {
    const given = directory({ accounts: [profile({ id: '*', entities: [] })] })
    const ids = (accounts: string[]) => dutiesOf(open({ accounts }), given, OBLIGATIONS).map(({ entityId }) => entityId)
    expect(ids(['999999999999'])).toEqual(['account-999999999999'])
    expect(ids([])).toEqual(['account-unknown'])
  })

  it('is nothing without a profile, until facts are recorded', () => {
    const facts = { dataCategories: ['health' as const], residents: ['FR'], other: {} }
    const given = directory({ accounts: [] })
    expect(dutiesOf(open(), given, OBLIGATIONS)).toEqual([])
    expect(dutiesOf(open({ facts }), given, OBLIGATIONS)).toHaveLength(1)
  })

  it('is widened by facts, one half from each', () => {
    const facts = { dataCategories: [], residents: ['FR'], other: {} }
    expect(duties({ residents: ['US'] }, OBLIGATIONS, open({ facts }))).toEqual(GMBH)
  })

  it('leaves out pending law and suggestions', () => {
    expect(duties({}, [{ ...GDPR, pending: true }])).toEqual([])
    expect(duties({}, [{ ...GDPR, adoptedByDefault: false }])).toEqual([])
  })

  it('reads the places of an obligation as countries and subdivisions', () => {
    const of = (residents: string[], place: string) =>
      duties({ residents }, [{ ...GDPR, concerns: { dataCategories: ['personal'], residents: [place] } }]).length
    expect([of(['US-CA'], 'US'), of(['US-CA'], 'US-CA'), of(['US'], 'US-CA'), of(['DE'], 'US')]).toEqual([1, 1, 0, 0])
  })
})

describe('zoneOfEntity', () => {
  it('is that of its country, else the default', () => {
    expect(zoneOfEntity(directory(), 'example-gmbh')).toBe('Europe/Berlin')
    expect(zoneOfEntity(directory(), 'account-123456789012')).toBe('Europe/Brussels')
  })
})
