import * as z from 'zod/mini'
import type { Finding, FindingState } from '../core/findings/finding.ts'
import { asffKey, guardDutyKey } from '../core/findings/finding-key.ts'
import { furthestState, ignoredReasonOf } from '../core/findings/ignored.ts'
import { gradeOfNormalized } from '../core/findings/native-severity.ts'
import { cleanTitle, cutToChars } from '../core/findings/text.ts'
import { FINDING_SEVERITIES } from '../core/severity/severity.ts'
import { guardDutyIdOf, parseArn, partitionOf } from './arn.ts'
import { asffPrincipal, asffPrincipals, principalDetails, sequenceActor } from './asff-principals.ts'
import { guardDutyFamily, hasSampleTitle, isTrue, saysSample } from './guardduty.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { tidyResources } from './resource-id.ts'
import { type Times, timesFrom } from './times.ts'
import {
  exactPart,
  list,
  optionalFlag,
  optionalInstant,
  optionalText,
  providerId,
  tolerated,
} from './tolerant-schema.ts'

const SEVERITY = `a Label (${FINDING_SEVERITIES.join(', ')}) or a Normalized number from 0 to 100`
const text = optionalText(2048)
const word = optionalText(256)

/** The label wins; a finding that has neither label nor number is no finding (ASFF, `Severity`). */
const gradeSchema = exactPart({
  Label: tolerated(z.pipe(z.transform(upperCase), z.enum(FINDING_SEVERITIES))),
  Normalized: tolerated(z.number()),
})
const severitySchema = z.pipe(
  gradeSchema,
  z.transform(({ Label, Normalized }: z.output<typeof gradeSchema>, { issues }) => {
    const grade = Label ?? (Normalized === undefined ? null : gradeOfNormalized(Normalized))
    if (grade === null) issues.push({ code: 'custom', message: SEVERITY, input: Label ?? Normalized })
    return { grade: grade ?? 'INFORMATIONAL', native: Label ?? String(Normalized) }
  }),
)

const resourceSchema = exactPart({
  Type: word,
  Id: text,
  Partition: word,
  Details: principalDetails,
})

/** One finding in the AWS Security Finding Format. Source: Security Hub's API, `AwsSecurityFinding`. */
const findingSchema = z.object(
  {
    Id: providerId,
    Severity: severitySchema,
    ProductArn: text,
    ProductName: word,
    GeneratorId: text,
    AwsAccountId: optionalText(64),
    Region: optionalText(64),
    Types: list(word, 50),
    FindingProviderFields: exactPart({ Types: list(word, 50) }),
    Title: optionalText(4096),
    CreatedAt: optionalInstant,
    UpdatedAt: optionalInstant,
    FirstObservedAt: optionalInstant,
    LastObservedAt: optionalInstant,
    Resources: list(resourceSchema, 100),
    ProductFields: z.catch(z.record(z.string(), z.unknown()), {}),
    Detection: exactPart({ Sequence: exactPart({ Actors: list(sequenceActor, 100) }) }),
    RecordState: word,
    WorkflowState: word,
    Workflow: exactPart({ Status: word }),
    Compliance: exactPart({ Status: word, SecurityControlId: word }),
    Sample: optionalFlag,
  },
  'a Security Hub finding (an object)',
)
type AsffFinding = z.output<typeof findingSchema>

/** One ASFF finding. Refused: no Id, neither label nor number for its severity, no readable instant at all. */
export function parseAsff(value: unknown, envelope: Envelope): Parsed {
  const read = findingSchema.safeParse(value)
  if (!read.success) return refusal(read.error, ['Id'], value)
  const times = timesOf(read.data, envelope)
  if (times === null) {
    return { ok: false, path: ['UpdatedAt'], expected: 'an ISO 8601 instant', findingId: read.data.Id }
  }
  return { ok: true, finding: findingOf(read.data, envelope, times) }
}

function timesOf(asff: AsffFinding, { time: eventAt }: Envelope): Times | null {
  const { FirstObservedAt, LastObservedAt, CreatedAt: createdAt, UpdatedAt: updatedAt } = asff
  return timesFrom({ firstSeenAt: FirstObservedAt, lastSeenAt: LastObservedAt, createdAt, updatedAt, eventAt })
}

function findingOf(asff: AsffFinding, envelope: Envelope, times: Times): Finding {
  const idArn = parseArn(asff.Id)
  const accountId = asff.AwsAccountId ?? (idArn?.account || envelope.account || UNKNOWN)
  const region = asff.Region ?? (idArn?.region || envelope.region || UNKNOWN)
  const type = typeOf(asff)
  const state = stateOf(asff)
  const severity = asff.Severity.grade
  const named = { resources: asff.Resources, actors: asff.Detection.Sequence.Actors }
  return {
    key: keyOf(asff, accountId, region),
    findingId: asff.Id,
    wrapping: 'asff',
    source: sourceOf(asff),
    type,
    family: familyOf(asff, type),
    severity,
    nativeSeverity: asff.Severity.native,
    title: cleanTitle(asff.Title ?? '', 512) || type,
    accountId,
    region,
    partition: asff.Resources[0]?.Partition ?? idArn?.partition ?? partitionOf(region),
    resources: tidyResources(asff.Resources.map(({ Type, Id }) => ({ type: Type ?? 'Other', id: Id }))),
    principal: asffPrincipal(named),
    principals: asffPrincipals(named, accountId),
    firstSeenAt: times.firstSeenAt,
    lastSeenAt: times.lastSeenAt,
    version: { updatedAt: times.updatedAt, state },
    count: countOf(asff),
    ignoredReason: ignoredReasonOf({ sample: isSample(asff), state, severity }),
  }
}

function isGuardDuty(asff: AsffFinding): boolean {
  return guardDutyIdOf(parseArn(asff.Id)) !== null
}

function keyOf(asff: AsffFinding, accountId: string, region: string): string {
  const id = guardDutyIdOf(parseArn(asff.Id))
  if (id !== null) return guardDutyKey({ accountId, region, id })
  return asffKey({ id: asff.Id, product: asff.ProductArn ?? `${region}:${accountId}:${sourceOf(asff)}` })
}

function typeOf(asff: AsffFinding): string {
  const types = [...asff.Types, ...asff.FindingProviderFields.Types]
  return types.find((type) => type !== undefined) ?? cutToChars(asff.GeneratorId ?? UNKNOWN, 256)
}

/** `guardduty`, `securityhub`, `inspector`; a product of one's own goes by its name, as its ARN says only `default`. */
function sourceOf(asff: AsffFinding): string {
  if (isGuardDuty(asff)) return 'guardduty'
  const product = /^product\/[^/]+\/(.+)$/s.exec(parseArn(asff.ProductArn ?? '')?.resource ?? '')?.[1]
  return slug(product === undefined || product === 'default' ? (asff.ProductName ?? 'custom') : product)
}

/** A threat purpose, the control that failed, or the product with its type. */
function familyOf(asff: AsffFinding, type: string): string {
  if (isGuardDuty(asff)) return asff.Types.map((one) => guardDutyFamily(one ?? '')).find((one) => one !== null) ?? type
  return controlOf(asff) ?? `${sourceOf(asff)}/${type}`
}

/** Security Hub's own findings are one per control and resource. */
function controlOf(asff: AsffFinding): string | null {
  if (sourceOf(asff) !== 'securityhub') return null
  const older = asff.ProductFields.ControlId
  const named = asff.Compliance.SecurityControlId ?? (typeof older === 'string' && older !== '' ? older : undefined)
  const control = named ?? asff.GeneratorId
  return control === undefined ? null : cutToChars(control, 256)
}

/** `WorkflowState` is what older events have instead of `Workflow`. */
function stateOf(asff: AsffFinding): FindingState {
  const workflow = (asff.Workflow.Status ?? asff.WorkflowState)?.toUpperCase()
  const states: FindingState[] = []
  if (asff.RecordState?.toUpperCase() === 'ARCHIVED') states.push('archived')
  if (asff.Compliance.Status?.toUpperCase() === 'PASSED') states.push('passed')
  if (workflow === 'NOTIFIED') states.push('notified')
  if (workflow === 'SUPPRESSED') states.push('suppressed')
  if (workflow === 'RESOLVED') states.push('resolved')
  return furthestState(states)
}

/** Security Hub flattens GuardDuty's `service` into text fields. */
function countOf(asff: AsffFinding): number | null {
  const count = asff.ProductFields['aws/guardduty/service/count']
  return typeof count === 'string' && /^\d{1,15}$/.test(count) ? Number(count) : null
}

function isSample({ Sample, Title, ProductFields }: AsffFinding): boolean {
  const value = ProductFields['aws/guardduty/service/additionalInfo/value']
  return (
    Sample === true ||
    hasSampleTitle(Title) ||
    isTrue(ProductFields['aws/guardduty/service/additionalInfo/sample']) ||
    saysSample(typeof value === 'string' ? value : undefined)
  )
}

function slug(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return letters.replace(/^-+|-+$/g, '').slice(0, 64) || 'custom'
}

function upperCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toUpperCase() : value
}
