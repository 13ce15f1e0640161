import fc from 'fast-check'
import type { Directory, MusterPolicy, Responder, Rotation } from '../../../../shared/core/directory/directory.ts'
import type { Delivery } from '../../../../shared/core/incident/commands.ts'
import type { RecordedFinding } from '../../../../shared/core/incident/event-parts.ts'
import { INCIDENT_SEVERITIES, type IncidentSeverity } from '../../../../shared/core/severity/severity.ts'
import { profile } from '../clocks/sample-incident.ts'
import { organisation, person, weekly } from '../directory/sample-directory.ts'
import { after, finding, IC, LEGAL, mail, policy, sms, voice } from './given.ts'

const PEOPLE = Array.from({ length: 7 }, (_, index) => `p${index}`)
const ROLES = [IC, LEGAL, 'engineer']
const HOUR = 3600

const anyone = fc.constantFrom(...PEOPLE)
const anyRole = fc.constantFrom(...ROLES)
const inOneOf = <T>(times: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })
/** Of the first hours of an incident, and a little before. */
const anyInstant = fc.integer({ min: -2 * HOUR, max: 8 * HOUR }).map(after)
const anyClockTime = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`)

const anyAbsence = fc
  .tuple(fc.integer({ min: -2 * HOUR, max: 8 * HOUR }), fc.integer({ min: 60, max: 6 * HOUR }), inOneOf(2, anyone))
  .map(([from, length, deputy]) => ({ from: after(from), until: after(from + length), deputy }))

function anyPerson(id: string): fc.Arbitrary<Responder> {
  const parts = fc.record({
    roles: fc.subarray(ROLES),
    offDutyCalls: fc.boolean(),
    channels: fc.oneof(fc.constant([mail(id)]), fc.subarray([mail(id), sms, voice, { ...voice, verified: false }])),
    absences: fc.oneof(fc.constant([]), fc.constant([]), fc.array(anyAbsence, { maxLength: 2 })),
    quietHours: inOneOf(3, fc.record({ from: anyClockTime, until: anyClockTime })),
    leavesAt: inOneOf(12, anyInstant),
    principals: fc.constantFrom([], [], [], [], [], [`user/${id}`]),
  })
  return parts.map((change) => person(id, change))
}

const anyRotation: fc.Arbitrary<Rotation> = fc
  .record({
    responders: fc.array(anyone, { minLength: 1, maxLength: 3 }),
    every: fc.constantFrom('PT1H', 'P1D', 'P1W'),
    overrides: fc.array(
      fc
        .tuple(anyone, fc.integer({ min: 0, max: 4 * HOUR }))
        .map(([responder, from]) => ({ responder, from: after(from), until: after(from + HOUR) })),
      { maxLength: 1 },
    ),
  })
  .map(({ responders, ...change }) => weekly(responders, change))

const anyCandidate = fc.oneof(
  anyone.map((responder) => ({ responder })),
  fc.constant({ rotation: 'commanders' }),
)

function anyPolicy(severity: IncidentSeverity): fc.Arbitrary<MusterPolicy> {
  const seat = (role: string) =>
    fc.record({
      role: fc.constant(role),
      ackWithinSeconds: fc.constantFrom(60, 61, 300, 900),
      candidates: fc.array(anyCandidate, { maxLength: 3 }),
    })
  return fc
    .tuple(fc.subarray(ROLES), fc.constantFrom(600, 1800, 3600))
    .chain(([roles, checkInAfterSeconds]) =>
      fc.tuple(...roles.map(seat)).map((seats) => policy(seats, { severity, checkInAfterSeconds })),
    )
}

export const anyDirectory: fc.Arbitrary<Directory> = fc
  .tuple(
    fc.tuple(...PEOPLE.map(anyPerson)),
    anyRotation,
    fc.tuple(...(['SEV1', 'SEV2', 'SEV3'] as const).map(anyPolicy)),
    fc.boolean(),
  )
  .map(([responders, rotation, policies, clocks]) => {
    const accounts = clocks ? [profile()] : []
    return organisation({ responders, rotations: [rotation], policies, accounts })
  })

export interface Step {
  readonly kind: (typeof KINDS)[number]
  readonly seconds: number
  readonly role: string
  readonly who: string
  readonly other: string
  readonly severity: IncidentSeverity
  readonly outcome: Delivery['outcome']
  readonly finding: RecordedFinding
  /** Not what one would expect: a wake after so many seconds, an act of a bystander, activity that reports the end. */
  readonly late: boolean
  readonly busy: readonly string[]
}

const KINDS = [
  'wake',
  'wake',
  'wake',
  'deliver',
  'deliver-all',
  'deliver-all',
  'acknowledge',
  'acknowledge',
  'decline',
  'hand-over',
  'escalate',
  'severity',
  'close',
  'finding',
  'absorb',
  'confirm',
  'not-notifiable',
] as const

const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  seconds: fc.oneof(
    fc.integer({ min: 0, max: 90 }),
    fc.integer({ min: 0, max: 4000 }),
    fc.integer({ max: 200_000, min: 0 }),
  ),
  role: anyRole,
  who: anyone,
  other: anyone,
  severity: fc.constantFrom(...INCIDENT_SEVERITIES),
  outcome: fc.constantFrom('sent', 'sent', 'failed', 'refused', 'withheld'),
  finding: fc.tuple(anyone, fc.integer({ min: 0, max: 4 })).map(([who, key]) => finding(`f${key}`, who)),
  late: fc.boolean(),
  busy: fc.subarray(PEOPLE.slice(0, 3)),
})

export const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 40 })
