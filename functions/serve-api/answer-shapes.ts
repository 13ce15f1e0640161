import * as z from 'zod'
import { IGNORED_REASONS } from '../../shared/core/findings/finding.ts'
import { ANCHORS } from '../../shared/core/incident/event-parts.ts'
import { REASONS } from '../../shared/core/incident/reasons.ts'
import { FINDING_SEVERITIES, INCIDENT_SEVERITIES } from '../../shared/core/severity/severity.ts'

/** What the API answers, as `/openapi.json` says it; tests hold the answers against it. */

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const maybe = instant.nullable()
const severity = z.enum(INCIDENT_SEVERITIES)
const reason = z.enum(REASONS)

export const problemShape = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  errors: z
    .array(z.object({ path: z.string(), line: z.number().nullable(), found: z.string(), expected: z.string() }))
    .optional(),
  holder: z.string().optional(),
  mergedInto: z.string().optional(),
})

const intakeResult = z.strictObject({
  findingId: z.string().nullable(),
  outcome: z.enum(['opened', 'joined', 'duplicate', 'updated', 'ignored', 'rejected']),
  severity: severity.nullable(),
  incidentId: z.string().nullable(),
  reason: z.string().nullable(),
  quarantineId: z.string().nullable(),
})

export const intakeShape = z.strictObject({ results: z.array(intakeResult) })

export const ignoredListShape = z.array(
  z.strictObject({
    key: z.string(),
    findingId: z.string(),
    source: z.string(),
    type: z.string(),
    severity: z.enum(FINDING_SEVERITIES),
    title: z.string(),
    accountId: z.string(),
    region: z.string(),
    resources: z.array(z.strictObject({ type: z.string(), id: z.string() })),
    firstSeenAt: instant,
    lastSeenAt: instant,
    incidentId: z.string().nullable(),
    reason: z.enum(IGNORED_REASONS),
    heldBy: z
      .strictObject({ ruleId: z.string(), owner: z.string(), reason: z.string(), until: instant })
      .nullable()
      .meta({ description: 'The rule that held it back, as it read then.' }),
    recordedAt: instant,
  }),
)

const incidentFacts = {
  id: z.string(),
  title: z.string(),
  severity,
  status: z.enum(['open', 'closed']),
  openedAt: instant,
  signalReceivedAt: instant,
  awarenessAt: maybe,
  closedAt: maybe,
  closedBy: z.string().nullable(),
  accounts: z.array(z.string()),
  findings: z.strictObject({ distinct: z.number() }),
  mergedInto: z.string().nullable(),
  absorbed: z.array(z.string()),
  linked: z.array(z.string()),
}

const seatSummary = {
  role: z.string(),
  status: z.enum(['engaging', 'taken', 'exhausted']),
  holder: z.string().nullable(),
  acting: z.boolean(),
}

const attempt = z.strictObject({
  responderId: z.string(),
  channel: z.string().nullable(),
  at: instant,
  outcome: z.enum(['sent', 'failed', 'skipped', 'acknowledged', 'declined', 'elapsed']),
  reason,
})

const submission = z.strictObject({
  submittedAt: instant,
  phase: z.enum(['initial', 'supplement', 'complete', 'withdrawn']),
  receipt: z.string().nullable(),
  responderId: z.string(),
  recordedAt: instant,
  noteId: z.string().nullable(),
})

const stage = z.strictObject({
  id: z.string(),
  status: z.enum(['awaiting-anchor', 'running', 'held', 'submitted', 'waived', 'missed']),
  anchor: z.strictObject({ name: z.enum(ANCHORS), at: maybe, basis: z.enum(['presumed', 'recorded']) }),
  dueAt: maybe,
  safeDueAt: maybe,
  submissions: z.array(submission),
  steps: z.array(z.string()),
  what: z.string().nullable(),
})

const clockStatus = z.enum(['provisional', 'confirmed', 'not-notifiable', 'withdrawn'])

const clock = z.strictObject({
  id: z.string(),
  obligationId: z.string(),
  entityId: z.string(),
  role: z.enum(['controller', 'processor', 'joint']),
  status: clockStatus,
  stages: z.array(stage),
  name: z.string().nullable(),
  citation: z.string().nullable(),
})

export const incidentShape = z.strictObject({
  ...incidentFacts,
  seats: z.array(z.strictObject({ ...seatSummary, attempts: z.array(attempt) })),
  clocks: z.array(clock),
})

export const incidentListShape = z.array(
  z.strictObject({
    ...incidentFacts,
    seats: z.array(z.strictObject(seatSummary)),
    clocks: z.array(z.strictObject({ id: z.string(), obligationId: z.string(), status: clockStatus })),
    nextDeadline: z.strictObject({ clockId: z.string(), stageId: z.string(), safeDueAt: instant }).nullable(),
  }),
)

export const timelineShape = z.array(
  z.strictObject({
    sequence: z.number(),
    at: instant,
    actor: z.string(),
    type: z.string(),
    reason: reason.nullable(),
    data: z.record(z.string(), z.unknown()),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
)

export const declaredShape = z.strictObject({
  id: z.string(),
  status: z.literal('open'),
  title: z.string(),
  severity,
  accountId: z.string().nullable(),
  responderId: z.string(),
})

const called = { responderId: z.string(), reason }

export const nextCallsShape = z.array(
  z.strictObject({
    role: z.string(),
    status: z.enum(['engaging', 'taken', 'exhausted']),
    calling: z.array(z.strictObject({ ...called, since: instant, until: instant })),
    next: z.strictObject({ ...called, at: instant }).nullable(),
    skipped: z.array(z.strictObject(called)),
    resumesAt: maybe,
  }),
)

export const onCallShape = z.strictObject({
  at: instant,
  responderId: z.string().nullable(),
  reason: z.enum(['OnCall', 'Backup', 'RoleMember']).nullable(),
  until: maybe,
})

const quarantineFacts = {
  id: z.string(),
  at: instant,
  reason: z.string(),
  errors: z.array(z.strictObject({ findingId: z.string().nullable(), path: z.string(), expected: z.string() })),
  eventBytes: z.number(),
  triedAt: maybe,
  settledAt: maybe,
}

export const quarantinedShape = z.strictObject({
  ...quarantineFacts,
  results: z
    .array(z.strictObject({ findingId: z.string().nullable(), outcome: z.string(), incidentId: z.string().nullable() }))
    .nullable()
    .meta({ description: 'What became of its findings when all of it was taken in.' }),
  event: z.unknown(),
})

export const retriedShape = z.strictObject({ ...quarantineFacts, results: z.array(intakeResult) })

export const verifyShape = z.strictObject({
  incidents: z.number(),
  commits: z.number(),
  faults: z.array(z.strictObject({ incidentId: z.string(), sequence: z.number().nullable(), what: z.string() })),
})

export const noteShape = z.strictObject({
  incidentId: z.string(),
  noteId: z.string(),
  type: z.string(),
  sequence: z.number(),
  at: instant,
  responderId: z.string(),
  text: z.string(),
})

export const importedShape = z.strictObject({
  version: z.string(),
  responders: z.number(),
  rotations: z.number(),
  policies: z.number(),
  accounts: z.number(),
  warnings: z.array(z.record(z.string(), z.unknown())),
})
