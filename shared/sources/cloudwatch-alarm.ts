import type * as z from 'zod/mini'
import type { IgnoredReason, UngradedFinding } from '../core/findings/finding.ts'
import { composedKey } from '../core/findings/finding-key.ts'
import { cleanTitle, cutToChars } from '../core/findings/text.ts'
import type { Instant } from '../core/time/instant.ts'
import { ABSENT } from './absent.ts'
import {
  type AlarmValue,
  alarmAction,
  alarmMessage,
  configurationChange,
  isRegionCode,
  regionOfMessage,
  type StateChange,
  stateChange,
} from './alarm-shapes.ts'
import { parseArn, partitionOf } from './arn.ts'
import { type Envelope, type Parsed, refusal, UNKNOWN } from './parsed.ts'
import type { Source } from './source.ts'
import { isRecord } from './tolerant-schema.ts'

const STATE_CHANGE = 'CloudWatch Alarm State Change'
const CONTRIBUTOR_CHANGE = 'CloudWatch Alarm Contributor State Change'
const CONFIGURATION_CHANGE = 'CloudWatch Alarm Configuration Change'
const ARN_OF_ALARM = /^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:./s

/** What all the forms of an alarm's news have in common. */
interface Alarm {
  readonly name: string
  /** Null where the form carries none, and account and region are not known either. */
  readonly arn: string | null
  readonly accountId: string | undefined
  /** A code, or a name such as `US East (N. Virginia)`. */
  readonly region: string | undefined
  readonly value: AlarmValue | null
  readonly at: Instant | undefined
  readonly isComposite: boolean
  readonly isMuted: boolean
  readonly contributorId: string | undefined
  readonly isConfiguration: boolean
  /** Its ARN is made of what came with it: the body itself has only account and name. */
  readonly isUnnamed?: boolean
}

/**
 * Alarms of CloudWatch: events of the bus, payloads of alarm actions for Lambda, and bodies of topics. One alarm has one
 * key in all of them; a contributor and a change of configuration have their own.
 *
 * Traits: `alarm`, `ok` or `insufficient-data`; `composite`, `contributor`, `configuration-change`, `muted`. Titles are
 * the alarm's name.
 */
export const CLOUDWATCH_ALARM: Source = {
  events: [STATE_CHANGE, CONTRIBUTOR_CHANGE, CONFIGURATION_CHANGE].map((detailType) => ({
    source: 'aws.cloudwatch',
    detailType,
  })),
  looksLike: looksLikeAlarm,
  parse: parseAlarm,
}

function looksLikeAlarm(value: Record<string, unknown>): boolean {
  const { alarmData, alarmName, state } = value
  const isAction = isRecord(alarmData)
  const isMessage = typeof value.AlarmName === 'string' && typeof value.NewStateValue === 'string'
  return isAction || isMessage || (typeof alarmName === 'string' && isRecord(state) && typeof state.value === 'string')
}

/** Refused: no alarm's name, no state that CloudWatch knows, no readable instant at all. */
function parseAlarm(value: unknown, envelope: Envelope): Parsed {
  const read = readAlarm(value, envelope)
  if (!read.ok) return refusal(read.error, ['AlarmArn', 'alarmArn', 'alarmName', 'AlarmName'], value)
  const { alarm } = read
  const at = alarm.at ?? envelope.time
  if (at === undefined) {
    const findingId = idOf(alarm)
    return { ok: false, path: ['state', 'timestamp'], expected: 'an ISO 8601 instant', findingId }
  }
  return { ok: true, finding: findingOf(alarm, at) }
}

type Read = { readonly ok: true; readonly alarm: Alarm } | { readonly ok: false; readonly error: z.core.$ZodError }

function readAlarm(value: unknown, envelope: Envelope): Read {
  if (isRecord(value) && 'alarmData' in value) return fromAction(value, envelope)
  if (isRecord(value) && 'AlarmName' in value) return fromMessage(value, envelope)
  return envelope.detailType === CONFIGURATION_CHANGE
    ? fromConfiguration(value, envelope)
    : fromStateChange(value, envelope)
}

function fromStateChange(value: unknown, envelope: Envelope): Read {
  const read = stateChange.safeParse(value)
  return read.success ? { ok: true, alarm: ofStateChange(read.data, placeOf(envelope)) } : { ok: false, ...read }
}

function fromAction(value: unknown, envelope: Envelope): Read {
  const read = alarmAction.safeParse(value)
  if (!read.success) return { ok: false, ...read }
  const { alarmArn, accountId, region, time, alarmData } = read.data
  const place = placeOf(envelope)
  const named = {
    arn: alarmArn ?? place.arn,
    accountId: accountId ?? place.accountId,
    region: region ?? place.region,
  }
  const alarm = ofStateChange(alarmData, named)
  return { ok: true, alarm: { ...alarm, at: alarm.at ?? time } }
}

function fromConfiguration(value: unknown, envelope: Envelope): Read {
  const read = configurationChange.safeParse(value)
  if (!read.success) return { ok: false, ...read }
  const { alarmName, state, configuration } = read.data
  const alarm = {
    ...placed(alarmName, placeOf(envelope)),
    value: state.value ?? null,
    at: state.timestamp ?? configuration.timestamp,
    isComposite: configuration.alarmRule !== undefined,
    isMuted: false,
    contributorId: undefined,
    isConfiguration: true,
  }
  return { ok: true, alarm }
}

function fromMessage(value: unknown, { topicArn }: Envelope): Read {
  const read = alarmMessage.safeParse(value)
  if (!read.success) return { ok: false, ...read }
  const { AlarmName, AlarmArn, AWSAccountId: accountId, AlarmContributorId: contributorId } = read.data
  const region = regionOfMessage(read.data, topicArn)
  const alarm = {
    ...placed(AlarmName, { arn: AlarmArn, accountId, region }),
    value: read.data.NewStateValue,
    at: read.data.StateChangeTime,
    isComposite: read.data.AlarmRule !== undefined,
    isMuted: false,
    contributorId,
    isConfiguration: false,
    isUnnamed: AlarmArn === undefined && region !== read.data.Region,
  }
  return { ok: true, alarm }
}

function ofStateChange(detail: StateChange, place: Place): Alarm {
  const { alarmName, state, configuration, alarmContributor, muteDetail } = detail
  return {
    ...placed(alarmName, place),
    value: state.value,
    at: state.timestamp,
    isComposite: configuration.alarmRule !== undefined,
    isMuted: state.actionsSuppressedBy !== undefined || isRecord(muteDetail),
    contributorId: alarmContributor.id,
    isConfiguration: false,
  }
}

interface Place {
  readonly arn: string | undefined
  readonly accountId: string | undefined
  readonly region: string | undefined
}

function placeOf({ account, region, resources }: Envelope): Place {
  return { arn: resources.find((arn) => ARN_OF_ALARM.test(arn)), accountId: account, region }
}

/** The ARN where it is given, else as CloudWatch would write it; what it says of account and region comes first. */
function placed(name: string, { arn, accountId, region }: Place): Pick<Alarm, 'name' | 'arn' | 'accountId' | 'region'> {
  const given = arn !== undefined && ARN_OF_ALARM.test(arn) ? arn : null
  const of = given === null ? null : parseArn(given)
  const isCode = region !== undefined && isRegionCode(region)
  const made =
    accountId !== undefined && isCode
      ? `arn:${partitionOf(region)}:cloudwatch:${region}:${accountId}:alarm:${name}`
      : null
  return { name, arn: given ?? made, accountId: of?.account || accountId, region: of?.region || region }
}

function findingOf(alarm: Alarm, at: Instant): UngradedFinding {
  const { name, accountId = UNKNOWN, region = UNKNOWN, arn, value } = alarm
  const id = idOf(alarm)
  return {
    ...ABSENT,
    key: keyOf(alarm, id),
    findingId: cutToChars(alarm.isUnnamed === true ? idOf({ ...alarm, arn: null }) : id, 2048),
    wrapping: 'cloudwatch',
    source: 'cloudwatch',
    type: typeOf(alarm),
    family: cutToChars(name, 256),
    nativeSeverity: value ?? '',
    title: cleanTitle(name, 512) || typeOf(alarm),
    accountId,
    region,
    partition: parseArn(arn ?? '')?.partition ?? partitionOf(region),
    resources: [{ type: 'AwsCloudWatchAlarm', id: cutToChars(id, 1024) }],
    firstSeenAt: at,
    lastSeenAt: at,
    version: { updatedAt: at, state: value === 'ALARM' ? 'active' : 'resolved' },
    traits: traitsOf(alarm),
    ignoredReason: reasonOf(alarm),
  }
}

function idOf({ arn, accountId = UNKNOWN, name }: Alarm): string {
  return arn ?? `${accountId}:${name}`
}

/**
 * A change of configuration has its own key: it carries a state that the alarm's own event, which may come later, brings
 * as news.
 */
function keyOf({ arn, region = '', contributorId, isConfiguration }: Alarm, id: string): string {
  const of = arn === null ? [region, id] : [id]
  if (isConfiguration) return composedKey('cloudwatch-configuration', of)
  return composedKey('cloudwatch', contributorId === undefined ? of : [...of, contributorId])
}

function typeOf({ isConfiguration, contributorId }: Alarm): string {
  if (isConfiguration) return CONFIGURATION_CHANGE
  return contributorId === undefined ? STATE_CHANGE : CONTRIBUTOR_CHANGE
}

function reasonOf({ isConfiguration, value, isMuted }: Alarm): IgnoredReason | null {
  if (isConfiguration) return 'NotAFinding'
  if (value !== 'ALARM') return 'NotInAlarm'
  return isMuted ? 'Muted' : null
}

function traitsOf({ value, isComposite, contributorId, isConfiguration, isMuted }: Alarm): string[] {
  const words: [boolean, string][] = [
    [value !== null, (value ?? '').toLowerCase().replace('_', '-')],
    [isComposite, 'composite'],
    [contributorId !== undefined, 'contributor'],
    [isConfiguration, 'configuration-change'],
    [isMuted, 'muted'],
  ]
  return words.flatMap(([isSo, word]) => (isSo ? [word] : []))
}
