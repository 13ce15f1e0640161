import * as z from 'zod/mini'
import type { FindingResource, FindingState, UngradedFinding } from '../core/findings/finding.ts'
import { furthestState, ignoredReasonOf } from '../core/findings/ignored.ts'
import { gradeOfNormalized } from '../core/findings/native-severity.ts'
import { cleanTitle } from '../core/findings/text.ts'
import { FINDING_SEVERITIES } from '../core/severity/severity.ts'
import { parseArn, partitionOf } from './arn.ts'
import { asffMarks, echoTraits } from './asff-echo.ts'
import { asffIndicators, asffTraces, sequenceTraces } from './asff-indicators.ts'
import { asffPrincipal, asffPrincipals, principalDetails, sequenceActor } from './asff-principals.ts'
import { firstText, sourceOfProduct } from './asff-product.ts'
import { looksLikeAsff } from './bare-finding.ts'
import { guardDutyFamily, hasSampleTitle, isTrue, saysSample } from './guardduty.ts'
import { signalKeys } from './guardduty-sequence.ts'
import { inOwnOrder, type OwnForm, ownForm } from './own-form.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { tidyResources } from './resource-id.ts'
import { tagMap, tidyTags } from './resource-tags.ts'
import type { Source } from './source.ts'
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
  Tags: tagMap,
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
    Detection: exactPart({ Sequence: exactPart({ Actors: list(sequenceActor, 100), ...sequenceTraces }) }),
    RecordState: word,
    WorkflowState: word,
    Workflow: exactPart({ Status: word }),
    Compliance: exactPart({ Status: word, SecurityControlId: word }),
    Sample: optionalFlag,
    ...asffTraces,
    ...asffMarks,
  },
  'a Security Hub finding (an object)',
)
type AsffFinding = z.output<typeof findingSchema>

/**
 * What Security Hub sends by itself, and by a custom action that somebody chose in its console. Traits: `own-update` and
 * `own-mark`, where Muster itself wrote on the finding.
 */
export const ASFF: Source = {
  events: [
    { source: 'aws.securityhub', detailType: 'Security Hub Findings - Imported' },
    { source: 'aws.securityhub', detailType: 'Security Hub Findings - Custom Action' },
  ],
  inside: ['findings', 'Findings'],
  looksLike: looksLikeAsff,
  parse: parseAsff,
}

/** One ASFF finding. Refused: no Id, neither label nor number for its severity, no readable instant at all. */
function parseAsff(value: unknown, envelope: Envelope): Parsed {
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

function findingOf(asff: AsffFinding, envelope: Envelope, times: Times): UngradedFinding {
  const idArn = parseArn(asff.Id)
  const region = asff.Region ?? (idArn?.region || envelope.region || UNKNOWN)
  const type = typeOf(asff)
  const own = ownFormOf(asff, asff.AwsAccountId ?? (idArn?.account || envelope.account || UNKNOWN), region)
  const { accountId } = own
  const state = furthestState([stateOf(asff), own.state])
  const { Sequence: sequence } = asff.Detection
  const named = { resources: asff.Resources, actors: sequence.Actors }
  return {
    key: own.key,
    findingId: asff.Id,
    wrapping: 'asff',
    source: sourceOf(asff),
    type,
    family: own.family ?? familyOf(asff, type),
    severity: asff.Severity.grade,
    nativeSeverity: asff.Severity.native,
    title: cleanTitle(asff.Title ?? '', 512) || type,
    accountId,
    region,
    partition: asff.Resources[0]?.Partition ?? idArn?.partition ?? partitionOf(region),
    resources: resourcesOf(asff),
    principal: asffPrincipal(named),
    principals: asffPrincipals(named, accountId),
    firstSeenAt: times.firstSeenAt,
    lastSeenAt: times.lastSeenAt,
    version: { updatedAt: times.updatedAt, state },
    count: countOf(asff),
    traits: echoTraits(asff, times.updatedAt, state),
    tags: tidyTags(asff.Resources.flatMap(({ Tags }) => Tags)),
    indicators: indicatorsOf(asff),
    signals: signalsOf(asff, { accountId, region }),
    ignoredReason: own.isFinding ? ignoredReasonOf({ sample: isSample(asff), state }) : 'NotAFinding',
  }
}

function ownFormOf(asff: AsffFinding, accountId: string, region: string): OwnForm {
  const { Id: id, ProductArn: productArn, ProductName: productName, ProductFields: fields, Title: title } = asff
  const fieldOf = (name: string) => fields[name]
  const [first] = asff.Resources
  const { AwsIamUser: user, AwsIamRole: role } = first?.Details ?? {}
  const resource = { type: first?.Type, id: first?.Id, uniqueId: user?.UserId ?? role?.RoleId }
  const types = [...asff.Types, ...asff.FindingProviderFields.Types]
  return ownForm({ id, productArn, productName, accountId, region, fieldOf, title, resource, types })
}

function sourceOf({ Id: id, ProductArn: productArn, ProductName: productName }: AsffFinding): string {
  return sourceOfProduct({ id, productArn, productName })
}

function resourcesOf(asff: AsffFinding): FindingResource[] {
  const named = asff.Resources.map(({ Type, Id }) => ({ type: Type ?? 'Other', id: Id }))
  return tidyResources(inOwnOrder(sourceOf(asff), named))
}

function indicatorsOf(asff: AsffFinding): string[] {
  const { Sequence: sequence } = asff.Detection
  const keys = sequence.Actors.flatMap(({ User, Session }) => [User.CredentialUid, Session.Uid])
  const resourceIds = [...asff.Resources.map(({ Id }) => Id), ...keys]
  return asffIndicators({ asff, sequence, productFields: asff.ProductFields, resourceIds })
}

function signalsOf(asff: AsffFinding, where: { accountId: string; region: string }): string[] {
  const signals = asff.Detection.Sequence.Signals.map(({ Id: uid, Type: type }) => ({ uid, type }))
  return signalKeys(signals, where)
}

function typeOf(asff: AsffFinding): string {
  const types = [...asff.Types, ...asff.FindingProviderFields.Types]
  return types.find((type) => type !== undefined) ?? firstText(asff.GeneratorId) ?? UNKNOWN
}

/** A threat purpose, the control that failed, or the product with its type. */
function familyOf(asff: AsffFinding, type: string): string {
  if (sourceOf(asff) !== 'guardduty') return controlOf(asff) ?? `${sourceOf(asff)}/${type}`
  return asff.Types.map((one) => guardDutyFamily(one ?? '')).find((one) => one !== null) ?? type
}

/** Security Hub's own findings are one per control and resource. */
function controlOf(asff: AsffFinding): string | null {
  if (sourceOf(asff) !== 'securityhub') return null
  return firstText(asff.Compliance.SecurityControlId, asff.ProductFields.ControlId, asff.GeneratorId)
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

function upperCase(value: unknown): unknown {
  return typeof value === 'string' ? value.toUpperCase() : value
}
