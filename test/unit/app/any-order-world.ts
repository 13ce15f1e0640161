import fc from 'fast-check'
import type { FindingState } from '../../../shared/core/findings/finding.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { PROOF_ACCOUNTS } from '../../proof/proof-organisation.ts'
import { sampleEvent } from '../sources/sample-events.ts'

const FORMS = ['guardduty', 'asff', 'ocsf', 'muster'] as const
export type Form = (typeof FORMS)[number]
type Severity = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'
type State = Exclude<FindingState, 'passed'>
export type Life = 'one' | 'other'
/** When each copy arrives in each of two lives. */
export type Arrivals = Readonly<Record<Life, readonly number[]>>

/** One change of a finding at its provider; later ones have later instants. */
export interface Version {
  readonly updatedAt: string
  readonly severity: Severity
  readonly state: State
  readonly count: number
  readonly copies: Readonly<Partial<Record<Form, Arrivals>>>
}

export interface WorldFinding {
  readonly source: 'guardduty' | 'com.example.scanner' | 'com.example.checker'
  readonly account: string
  readonly user: string
  readonly purpose: 'UnauthorizedAccess' | 'Discovery'
  readonly id: string
  /** Of the kind that a rule of the directory holds back while it is not CRITICAL. */
  readonly isNoise: boolean
  readonly versions: readonly Version[]
}

/** As the provider tells findings apart. */
export const nameOf = ({ source, account, id }: WorldFinding): string => JSON.stringify([source, account, id])
/** What makes one incident: account, who acted, and kind. */
export const groupOf = (one: WorldFinding): string => JSON.stringify([one.account, one.user, familyOf(one)])
const familyOf = ({ source, purpose }: WorldFinding): string => (source === 'guardduty' ? purpose : `Own/${purpose}`)

const BEGIN = '2027-03-10T08:00:00.000Z'
const HEX = ['0', '1', '2', '3'].map((digit) => digit.repeat(32))
/** Nearly the same, yet not: also where an id is so long that its key is a hash. */
const OPAQUE = ['scan', 'Scan', 'scan ', 'scän', 'sca\u0308n', '["scan"]', 'x'.repeat(300), `${'x'.repeat(299)}y`]
export const MOMENTS = 200

const moments = fc.array(fc.nat(MOMENTS - 1), { minLength: 1, maxLength: 3 })
export const ARRIVALS: fc.Arbitrary<Arrivals> = fc.record({ one: moments, other: moments })
const change = fc.record({
  afterSeconds: fc.integer({ min: 1, max: 900 }),
  severity: fc.constantFrom<Severity[]>('HIGH', 'CRITICAL', 'LOW', 'MEDIUM'),
  state: fc.oneof(
    { weight: 3, arbitrary: fc.constant<State>('active') },
    { weight: 1, arbitrary: fc.constant<State>('archived') },
    { weight: 1, arbitrary: fc.constantFrom<State[]>('resolved', 'suppressed', 'notified') },
  ),
  forms: fc.record({ guardduty: fc.option(ARRIVALS), asff: fc.option(ARRIVALS), ocsf: fc.option(ARRIVALS) }),
  otherwise: ARRIVALS,
})
const finding = fc.record({
  source: fc.oneof(
    { weight: 3, arbitrary: fc.constant('guardduty' as const) },
    { weight: 1, arbitrary: fc.constantFrom('com.example.scanner' as const, 'com.example.checker' as const) },
  ),
  purpose: fc.constantFrom('UnauthorizedAccess' as const, 'Discovery' as const),
  id: fc.nat(7),
  isNoise: fc.nat(4).map((one) => one === 4),
  changes: fc.array(change, { minLength: 1, maxLength: 4 }),
})
const place = fc.record({
  account: fc.constantFrom(...PROOF_ACCOUNTS, '777788889999'),
  user: fc.constantFrom('ana', 'ben'),
  findings: fc.array(finding, { minLength: 1, maxLength: 4 }),
})
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never
type Given = typeof finding extends fc.Arbitrary<infer One> ? One : never

/** Two to four places with one to four findings each; of one name only the last. */
export const WORLDS: fc.Arbitrary<readonly WorldFinding[]> = fc
  .array(place, { minLength: 2, maxLength: 4 })
  .map((places) => {
    const all = places.flatMap(({ account, user, findings }) => findings.map((one) => foundAt(account, user, one)))
    return [...new Map(all.map((one) => [nameOf(one), one])).values()]
  })

function foundAt(account: string, user: string, { changes, id, ...given }: Given): WorldFinding {
  const ids = given.source === 'guardduty' ? HEX : OPAQUE
  let seconds = 0
  const versions = changes.map(({ afterSeconds, severity, state, ...one }, index): Version => {
    seconds += afterSeconds
    const copies = given.source === 'guardduty' ? formsOf(one, state) : { muster: one.otherwise }
    return { updatedAt: updatedAfter(seconds), severity, state, count: index + 1, copies }
  })
  return { ...given, account, user, id: ids[id % ids.length] ?? '', versions }
}

export const updatedAfter = (seconds: number): string => plusSeconds(BEGIN, seconds)

/** GuardDuty itself knows of no workflow. */
function formsOf({ forms, otherwise }: Pick<Change, 'forms' | 'otherwise'>, state: State): Version['copies'] {
  const mayBe = (form: string) => form !== 'guardduty' || state === 'active' || state === 'archived'
  const given = Object.entries(forms).filter(([form, arrivals]) => arrivals !== null && mayBe(form))
  return given.length === 0 ? { asff: otherwise } : Object.fromEntries(given)
}

export interface Delivery {
  readonly finding: WorldFinding
  readonly form: Form
  readonly moment: number
  readonly event: Event
}
interface Event {
  readonly detail: { readonly findings?: readonly object[] }
}

/** Everything that arrives in one life, in the order in which it does. */
export function deliveriesOf(world: readonly WorldFinding[], life: Life): Delivery[] {
  const copiesOf = (one: WorldFinding, version: Version, form: Form): Delivery[] =>
    (version.copies[form]?.[life] ?? []).map((moment) => {
      const time = plusSeconds(version.updatedAt, SECONDS_ON_THE_WAY[form])
      return { finding: one, form, moment, event: { ...BUILDERS[form](one, version), time } }
    })
  return world
    .flatMap((one) => one.versions.flatMap((version) => FORMS.flatMap((form) => copiesOf(one, version, form))))
    .sort((a, b) => a.moment - b.moment)
}

/** Security Hub puts several findings into one event. */
export function packed(batch: readonly Delivery[]): Event[] {
  const events: Event[] = []
  let before: Delivery['form'] | null = null
  for (const { form, event } of batch) {
    const last = events.at(-1)
    const { findings } = event.detail
    if (last?.detail.findings && findings && form === before) {
      events[events.length - 1] = { ...event, detail: { findings: [...last.detail.findings, ...findings] } }
    } else events.push(event)
    before = form
  }
  return events
}

/** By the finding's name: every key that its deliveries have. */
export function keysOf(deliveries: readonly Delivery[]): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>()
  for (const { finding, event } of deliveries) {
    const [item] = parseEvent(event)
    if (item?.ok) keys.set(nameOf(finding), (keys.get(nameOf(finding)) ?? new Set()).add(item.finding.key))
  }
  return keys
}

const SECONDS_ON_THE_WAY: Record<Form, number> = { guardduty: 5, asff: 60, ocsf: 70, muster: 1 }
const BUILDERS: Record<Form, (finding: WorldFinding, version: Version) => Event> = {
  guardduty: guardDutyEvent,
  asff: asffEvent,
  ocsf: ocsfEvent,
  muster: musterEvent,
}

const REGION = 'eu-central-1'
const NUMBER: Record<Severity, number> = { LOW: 2, MEDIUM: 5, HIGH: 8, CRITICAL: 9.5 }
const SEVERITY_ID: Record<Severity, number> = { LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 }
const STATUS_ID: Record<State, number> = { active: 1, notified: 2, suppressed: 3, resolved: 4, archived: 5 }
const WORKFLOW: Record<State, string> = {
  ...{ active: 'NEW', archived: 'NEW' },
  ...{ resolved: 'RESOLVED', suppressed: 'SUPPRESSED', notified: 'NOTIFIED' },
}

const titleOf = ({ isNoise, user }: WorldFinding): string =>
  `${isNoise ? 'Known noise' : 'Use from outside'} by ${user}`
const arnOf = ({ account, id }: WorldFinding): string =>
  `arn:aws:guardduty:${REGION}:${account}:detector/d0c0ffee00000000000000000000beef/finding/${id}`

/** Of a sample: what is in it beside what a version says. */
interface Sampled extends Event {
  readonly detail: {
    readonly resource: { readonly accessKeyDetails: object }
    readonly service: object
    readonly findings: readonly {
      readonly finding_info: object
      readonly cloud: object
      readonly resources: readonly { readonly data: object }[]
      readonly ProductFields: object
      readonly Resources: readonly object[]
    }[]
  }
}
const [GUARDDUTY, ASFF, OCSF] = ['guardduty/', 'securityhub/', 'securityhub/v2-'].map(
  (way) => sampleEvent(`${way}leaked-access-key`) as Sampled,
) as [Sampled, Sampled, Sampled]

function guardDutyEvent(one: WorldFinding, { updatedAt, severity, state, count }: Version): Event {
  const { account: accountId, user: userName, purpose, id } = one
  const { resource, service, ...sample } = GUARDDUTY.detail
  const detail = {
    ...sample,
    ...{ accountId, id, arn: arnOf(one), type: `${purpose}:IAMUser/Sample`, title: titleOf(one) },
    ...{ severity: NUMBER[severity], createdAt: BEGIN, updatedAt },
    resource: { ...resource, accessKeyDetails: { ...resource.accessKeyDetails, userType: 'IAMUser', userName } },
    service: { ...service, archived: state === 'archived', count },
  }
  return { ...GUARDDUTY, detail }
}

function asffEvent(one: WorldFinding, { updatedAt, severity, state, count }: Version): Event {
  const [sample] = ASFF.detail.findings
  const { WorkflowState: _older, ...rest } = { WorkflowState: '', ...sample }
  const AwsIamAccessKey = { PrincipalName: one.user, PrincipalType: 'IAMUser' }
  const asff = {
    ...rest,
    ...{ AwsAccountId: one.account, Id: arnOf(one), Title: titleOf(one), CreatedAt: BEGIN, UpdatedAt: updatedAt },
    Types: [`TTPs/${one.purpose}:IAMUser-Sample`],
    FindingProviderFields: {},
    Severity: { Label: severity },
    ProductFields: { ...sample?.ProductFields, 'aws/guardduty/service/count': String(count) },
    Resources: [{ ...sample?.Resources[0], Details: { AwsIamAccessKey } }],
    Workflow: { Status: WORKFLOW[state] },
    RecordState: state === 'archived' ? 'ARCHIVED' : 'ACTIVE',
  }
  return { ...ASFF, detail: { findings: [asff] } }
}

function ocsfEvent(one: WorldFinding, { updatedAt, severity, state, count }: Version): Event {
  const [sample] = OCSF.detail.findings
  const [resource] = sample?.resources ?? []
  const user = { user_name: one.user, user_type: 'IAMUser' }
  const about = { uid: arnOf(one), uid_alt: one.id, title: titleOf(one), types: [`${one.purpose}:IAMUser/Sample`] }
  const ocsf = {
    ...sample,
    ...{ severity, severity_id: SEVERITY_ID[severity], status: state, status_id: STATUS_ID[state], count },
    cloud: { ...sample?.cloud, account: { uid: one.account } },
    finding_info: { ...sample?.finding_info, ...about, created_time_dt: BEGIN, modified_time_dt: updatedAt },
    resources: [{ ...resource, name: one.user, data: { ...resource?.data, ...user } }],
  }
  return { ...OCSF, detail: { findings: [ocsf] } }
}

function musterEvent(one: WorldFinding, { updatedAt, severity, state }: Version): Event {
  const { account: accountId, user: principal, id, source } = one
  const about = { id, title: titleOf(one), type: familyOf(one), accountId, principal }
  const event = { source, 'detail-type': 'muster.finding', account: PROOF_ACCOUNTS[0], region: REGION }
  return { ...event, detail: { ...about, severity, updatedAt, state } as Event['detail'] }
}
