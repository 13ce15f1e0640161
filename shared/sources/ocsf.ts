import * as z from 'zod/mini'
import type { UngradedFinding } from '../core/findings/finding.ts'
import { furthestState, ignoredReasonOf } from '../core/findings/ignored.ts'
import { cleanTitle } from '../core/findings/text.ts'
import { instantOf } from '../core/time/instant.ts'
import { parseArn, partitionOf } from './arn.ts'
import { echoTraits, ocsfMarks } from './asff-echo.ts'
import { firstText, type ProductFinding, sourceOfProduct } from './asff-product.ts'
import { looksLikeOcsf } from './bare-finding.ts'
import { guardDutyFamily, hasSampleTitle, isTrue } from './guardduty.ts'
import { signalKeys } from './guardduty-sequence.ts'
import { ocsfEvidences, ocsfIndicators, ocsfMalware, ocsfObservables } from './ocsf-indicators.ts'
import {
  type OcsfNamed,
  ocsfActor,
  ocsfFirst,
  ocsfNamed,
  ocsfPrincipal,
  ocsfPrincipals,
  ocsfResourceList,
  ocsfResources,
  ocsfTags,
} from './ocsf-resources.ts'
import { ocsfSeverity, ocsfStanding, ocsfState } from './ocsf-state.ts'
import { type OwnForm, ownForm } from './own-form.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import { readInstant } from './read-instant.ts'
import type { Source } from './source.ts'
import { type Times, timesFrom } from './times.ts'
import { exactPart, isRecord, list, optionalCount, optionalText, providerId, tolerated } from './tolerant-schema.ts'

const LAST_MS = 253_402_300_799_999
const NAMED = 'an OCSF finding with finding_info'
const word = optionalText(256)
const text = optionalText(2048)

/** OCSF counts milliseconds; the profile `datetime` adds the same as text, `…_dt`. */
const instant = z.optional(z.pipe(z.unknown(), z.transform(readEither)))
const times = Object.fromEntries(
  ['created_time', 'modified_time', 'first_seen_time', 'last_seen_time']
    .flatMap((name) => [name, `${name}_dt`])
    .map((name) => [name, instant]),
) as Record<`${'created' | 'modified' | 'first_seen' | 'last_seen'}_time${'' | '_dt'}`, typeof instant>

const info = z.object(
  {
    uid: providerId,
    title: optionalText(4096),
    types: list(word, 50),
    analytic: exactPart({ uid: text, name: word }),
    related_events: list(exactPart({ uid: text, type: word }), 100),
    ...times,
  },
  NAMED,
)

const findingSchema = z.pipe(
  z.transform(withInfo),
  z.object(
    {
      finding_info: info,
      ...ocsfStanding,
      ...ocsfResources,
      class_name: word,
      type_name: word,
      cloud: exactPart({
        account: exactPart({ uid: optionalText(64) }),
        region: optionalText(64),
        cloud_partition: word,
      }),
      region: optionalText(64),
      metadata: exactPart({ product: exactPart({ uid: text, name: word }) }),
      count: optionalCount,
      time: instant,
      time_dt: instant,
      actor: tolerated(ocsfActor),
      evidences: ocsfEvidences,
      observables: ocsfObservables,
      malware: ocsfMalware,
    },
    'an OCSF finding (an object)',
  ),
)
type OcsfFinding = z.output<typeof findingSchema>

/**
 * What Security Hub sends in OCSF, and findings of the classes 2001 and up from Security Lake or others. Traits as of ASFF,
 * where Security Lake made OCSF of it.
 */
export const OCSF: Source = {
  events: [{ source: 'aws.securityhub', detailType: 'Findings Imported V2' }],
  inside: ['findings', 'Findings'],
  looksLike: looksLikeOcsf,
  parse: parseOcsf,
}

/** One OCSF finding. Refused: no uid in `finding_info`, no readable instant at all. */
function parseOcsf(value: unknown, envelope: Envelope): Parsed {
  const read = findingSchema.safeParse(value)
  if (!read.success) return refusal(read.error, [], value)
  const found = timesOf(read.data, envelope)
  const { uid } = read.data.finding_info
  if (found === null) {
    return {
      ok: false,
      path: ['finding_info', 'modified_time'],
      expected: 'milliseconds or an ISO 8601 instant',
      findingId: uid,
    }
  }
  return { ok: true, finding: findingOf(read.data, envelope, found) }
}

/** Class 2001, which older versions have for everything, says `finding`; an incident (2005) has a list. */
function withInfo(value: unknown): unknown {
  if (!isRecord(value) || isRecord(value.finding_info)) return value
  const [first] = Array.isArray(value.finding_info_list) ? value.finding_info_list : []
  const older = isRecord(value.finding) ? value.finding : first
  return older === undefined ? value : { ...value, finding_info: older }
}

function readEither(value: unknown): string | undefined {
  if (typeof value !== 'number') return readInstant(value)
  return Number.isInteger(value) && value > 0 && value <= LAST_MS ? instantOf(value) : undefined
}

function timesOf({ finding_info: found, time, time_dt }: OcsfFinding, { time: eventAt }: Envelope): Times | null {
  return timesFrom({
    firstSeenAt: found.first_seen_time_dt ?? found.first_seen_time,
    lastSeenAt: found.last_seen_time_dt ?? found.last_seen_time,
    createdAt: found.created_time_dt ?? found.created_time,
    updatedAt: found.modified_time_dt ?? found.modified_time ?? time_dt ?? time,
    eventAt,
  })
}

function findingOf(ocsf: OcsfFinding, envelope: Envelope, found: Times): UngradedFinding {
  const { finding_info: about } = ocsf
  const product = productOf(ocsf, envelope)
  const { region } = product
  const source = sourceOfProduct(product)
  const type = typeOf(ocsf, source)
  const named = ocsfNamed(ocsf, actorsOf(ocsf))
  const partition = ocsf.cloud.cloud_partition ?? named.resources[0]?.cloud_partition ?? partitionIn(about.uid, region)
  const own = ownFormOf(ocsf, product, named)
  const { accountId } = own
  const state = furthestState([ocsfState(ocsf), own.state])
  return {
    key: own.key,
    findingId: about.uid,
    wrapping: 'ocsf',
    source,
    type,
    family: own.family ?? familyOf(ocsf, source, type),
    severity: ocsfSeverity(ocsf),
    nativeSeverity: ocsf.severity ?? String(ocsf.severity_id ?? UNKNOWN),
    title: cleanTitle(about.title ?? '', 512) || type,
    accountId,
    region,
    partition,
    resources: ocsfResourceList(named, partition, source),
    principal: ocsfPrincipal(named),
    principals: ocsfPrincipals(named, accountId),
    firstSeenAt: found.firstSeenAt,
    lastSeenAt: found.lastSeenAt,
    version: { updatedAt: found.updatedAt, state },
    count: countOf(ocsf),
    traits: echoTraits(ocsfMarks(ocsf.unmapped), found.updatedAt, state),
    tags: ocsfTags(named),
    indicators: indicatorsOf(ocsf, named),
    signals: signalKeys(about.related_events.map(relatedFinding), { accountId, region }),
    ignoredReason: own.isFinding ? ignoredReasonOf({ sample: isSample(ocsf), state }) : 'NotAFinding',
  }
}

function productOf(ocsf: OcsfFinding, envelope: Envelope): ProductFinding {
  const { uid: id } = ocsf.finding_info
  const { uid: productArn, name: productName } = ocsf.metadata.product
  const arn = parseArn(id)
  const [first] = ocsf.resources
  const accountId = ocsf.cloud.account.uid ?? (arn?.account || envelope.account || first?.owner.account.uid || UNKNOWN)
  const region = ocsf.cloud.region ?? ocsf.region ?? (arn?.region || envelope.region || first?.region || UNKNOWN)
  return { id, productArn, productName, accountId, region }
}

function actorsOf({ actor, evidences }: OcsfFinding) {
  return [...(actor === undefined ? [] : [actor]), ...evidences.map((evidence) => evidence.actor)]
}

function ownFormOf(ocsf: OcsfFinding, product: ProductFinding, named: OcsfNamed): OwnForm {
  const { title, types } = ocsf.finding_info
  const fieldOf = (name: string) => ocsf.unmapped[`ProductFields.${name}`] ?? ocsf.unmapped[name]
  return ownForm({ ...product, title, types, fieldOf, resource: ocsfFirst(named) })
}

function partitionIn(id: string, region: string): string {
  return parseArn(id)?.partition ?? partitionOf(region)
}

/** Security Hub puts a kind before GuardDuty's own type: `Threats`, `Trojan:EC2/DNSDataExfiltration`. */
function typeOf({ finding_info: { types, analytic }, class_name, type_name }: OcsfFinding, source: string): string {
  const own = source === 'guardduty' ? types.find((type) => guardDutyFamily(type ?? '') !== null) : undefined
  return own ?? firstText(...types, analytic.name, analytic.uid, class_name, type_name) ?? UNKNOWN
}

/** As in ASFF: a threat purpose, the control that failed, or the product with its type. */
function familyOf({ compliance, unmapped }: OcsfFinding, source: string, type: string): string {
  if (source === 'guardduty') return guardDutyFamily(type) ?? type
  const control = source === 'securityhub' ? firstText(compliance.control, unmapped['ProductFields.ControlId']) : null
  return control ?? `${source}/${type}`
}

function countOf({ count, unmapped }: OcsfFinding): number | null {
  const older = unmapped['ProductFields.aws/guardduty/service/count']
  return count ?? (typeof older === 'string' && /^\d{1,15}$/.test(older) ? Number(older) : null)
}

function isSample({ finding_info: { title }, unmapped }: OcsfFinding): boolean {
  const marks = ['Sample', 'ProductFields.aws/guardduty/service/additionalInfo/sample']
  return hasSampleTitle(title) || marks.some((mark) => isTrue(unmapped[mark]))
}

function indicatorsOf(ocsf: OcsfFinding, named: OcsfNamed): string[] {
  const { evidences, observables, malware, unmapped } = ocsf
  const fields = Object.entries(unmapped).map(([key, value]) => [key.replace(/^ProductFields\./, ''), value] as const)
  const keys = named.actors.flatMap(({ user, session }) => [user.credential_uid, session.uid])
  const ids = [...named.resources.flatMap(({ uid, data }) => [uid, data.access_key_id]), ...keys]
  return ocsfIndicators({ evidences, observables, malware, productFields: Object.fromEntries(fields), ids })
}

/** A related event is a finding where its type says so; many are events in logs. */
function relatedFinding({ uid, type }: { uid?: string | undefined; type?: string | undefined }) {
  return { uid, type: /finding/i.test(type ?? '') ? 'FINDING' : type }
}
