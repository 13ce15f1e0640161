import { PROOF_ACCOUNTS } from '../../proof/proof-organisation.ts'

export const SEATS = [
  'incident-commander',
  'cloud-security-engineer',
  'communications-coordinator',
  'legal-counsel',
] as const
/** Whose people are called by SMS too, after the mail. */
const ALSO_BY_TEXT: readonly string[] = SEATS.slice(0, 2)
/** Holds personal data of EU residents: a clock runs. */
export const ACCOUNT = PROOF_ACCOUNTS[0]

/** A sample organisation: four seats with two people each. Everybody is called by e-mail, half of them by SMS too. */
export function meteredDirectory(): object {
  const seats = SEATS.map((role) => ({
    role,
    ackWithinSeconds: 300,
    candidates: [{ responder: `${role}-1` }, { responder: `${role}-2` }],
  }))
  const entity = { id: 'example-gmbh', country: 'DE', classes: ['controller'] }
  return {
    version: 1,
    responders: SEATS.flatMap((role) => [person(role, 1), person(role, 2)]),
    rotations: [],
    policies: [{ severity: 'SEV1', checkInAfterSeconds: 1800, seats }],
    accounts: [
      { id: ACCOUNT, name: 'prod-payments', dataCategories: ['personal'], residents: ['EU'], entities: [entity] },
    ],
  }
}

function person(role: string, number: number): object {
  const id = `${role}-${number}`
  const mail = { id: 'mail', kind: 'email', address: `${id}@example.com`, verified: true }
  const mobile = { id: 'mobile', kind: 'sms', address: '+12025550123', verified: true }
  const channels = ALSO_BY_TEXT.includes(role) ? [mail, mobile] : [mail]
  return { id, name: `Sample ${number}`, zone: 'Europe/Berlin', roles: [role], offDutyCalls: false, channels }
}
