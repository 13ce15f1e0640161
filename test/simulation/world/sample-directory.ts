import type { Channel, Directory, MusterPolicy, Responder } from '../../../shared/core/directory/directory.ts'
import { INCIDENT_COMMANDER, LEGAL_COUNSEL } from '../../../shared/core/directory/directory.ts'
import type { Seeded } from './seeded.ts'

export const ENGINEER = 'cloud-security-engineer'
/** Of whose data an incident starts clocks, and one of which it does not. */
export const ACCOUNTS = ['111122223333', '444455556666'] as const
export const DEE_PRINCIPAL = 'arn:aws:iam::111122223333:user/sample-dee'

const sms = (id: string, number: string): Channel => ({ id, kind: 'sms', address: `+1202555${number}`, verified: true })
const mail = (id: string, name: string): Channel => ({
  id,
  kind: 'email',
  address: `${name}@example.com`,
  verified: true,
})

function person(
  id: string,
  roles: readonly string[],
  channels: readonly Channel[],
  more: Partial<Responder> = {},
): Responder {
  const name = `Sample ${id.charAt(0).toUpperCase()}${id.slice(1)}`
  const rest = { offDutyCalls: false, absences: [], quietHours: null, leavesAt: null, principals: [] }
  return { id, name, zone: 'Europe/Berlin', roles, channels, ...rest, ...more }
}

/** Small on purpose: seats run dry, people are away, a number is dead. */
const RESPONDERS: readonly Responder[] = [
  person('ana', [INCIDENT_COMMANDER], [sms('mobile', '0101'), mail('mail', 'ana')], { offDutyCalls: true }),
  person('ben', [INCIDENT_COMMANDER], [mail('mail', 'ben'), sms('mobile', '0102')], { offDutyCalls: true }),
  person('dee', [ENGINEER], [sms('old-number', '0000'), mail('mail', 'dee')], { principals: [DEE_PRINCIPAL] }),
  person('eli', [ENGINEER], [sms('mobile', '0105'), mail('mail', 'eli')], {
    offDutyCalls: true,
    quietHours: { from: '10:08', until: '10:24' },
  }),
  person('lena', [LEGAL_COUNSEL], [sms('mobile', '0108'), mail('mail', 'lena')]),
  person('luc', [LEGAL_COUNSEL], [mail('mail', 'luc')]),
  person('gus', [], [mail('mail', 'gus')], { offDutyCalls: true }),
]

export function sampleDirectory(random: Seeded): Directory {
  const checkInAfterSeconds = random.pick([300, 600, 1800])
  const window = () => random.pick([60, 90, 180, 300])
  const seats = [
    {
      role: INCIDENT_COMMANDER,
      ackWithinSeconds: window(),
      candidates: [{ rotation: 'commanders' }, { responder: 'ben' }],
    },
    { role: ENGINEER, ackWithinSeconds: window(), candidates: [{ responder: 'dee' }, { responder: 'eli' }] },
    { role: LEGAL_COUNSEL, ackWithinSeconds: window(), candidates: [{ responder: 'lena' }] },
  ]
  const policies: MusterPolicy[] = [
    { severity: 'SEV1', checkInAfterSeconds, seats },
    { severity: 'SEV2', checkInAfterSeconds, seats: seats.slice(0, 2) },
    { severity: 'SEV3', checkInAfterSeconds: 3600, seats: seats.slice(1, 2) },
  ]
  const [personal, sandbox] = ACCOUNTS
  return {
    version: 1,
    responders: RESPONDERS,
    rotations: [
      {
        id: 'commanders',
        zone: 'Europe/Berlin',
        startsAt: '2027-01-04T09:00',
        every: 'P1W',
        responders: ['ana', 'ben'],
        overrides: [],
      },
    ],
    policies,
    accounts: [
      {
        id: personal,
        name: 'prod-payments',
        environment: 'production',
        dataCategories: ['personal'],
        residents: ['EU'],
        sector: null,
        entities: [{ id: 'example-gmbh', country: 'DE', classes: ['controller'] }],
      },
      {
        id: sandbox,
        name: 'sandbox',
        environment: 'sandbox',
        dataCategories: ['none'],
        residents: [],
        sector: null,
        entities: [],
      },
    ],
  }
}
