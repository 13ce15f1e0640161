import type { ContextValue } from '../iam-policy/request.ts'
import { attributeOf } from './resolve-stack.ts'
import { ACCOUNT, MAIL_FROM, REGION, SMS_IDENTITY } from './stack-values.ts'
import type { Template } from './template.ts'

/** One thing that a function asks of AWS. */
export interface Need {
  readonly action: string
  readonly resource: string
  readonly context: Readonly<Record<string, ContextValue>>
}

/** What a function does with the stack, as its handler and the use cases behind it do it. */
interface Job {
  /** Operations on items of the incidents' and the findings' table. */
  readonly incidents: readonly string[]
  readonly findings?: readonly string[]
  /** The index that is asked: of the incidents' table only. */
  readonly index?: 'list' | 'due'
  /** Its own queue, and where it buries what can't be done. */
  readonly reads?: readonly [queue: string, deadLetters: string]
  readonly sends?: readonly string[]
  readonly also?: readonly (readonly [action: string, target: string, context?: Need['context']])[]
}

const HMAC = { 'kms:MacAlgorithm': 'HMAC_SHA_256' }
const OF_NOTES = { 'kms:EncryptionContext:purpose': 'muster-note' }
const FROM_OURS = { 'ses:FromAddress': MAIL_FROM }
const keyed = (key: string) => ({ 'dynamodb:LeadingKeys': [key] })
/** One of each family of rows that has an end: `swept-row.ts`. */
const SWEPT = ['FX#inc-0a1b.1.1', 'CAUSE#0a1b', 'CODE#ana#4711', 'PERSON#ana', 'IND#0a1b']
const OUTGOING = ['WakesQueue', 'EmailQueue', 'SmsQueue', 'OtherMessagesQueue']
const STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator'] as const

/** Load, decide, commit: `run-command.ts` with the directory, and who holds a seat elsewhere. */
const COMMANDS = { incidents: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'], index: 'list' } as const
/** Rows, heads and marks: `dispatch-commits.ts`. */
const DISPATCH = {
  incidents: ['GetItem', 'Query', 'PutItem', 'UpdateItem'],
  findings: ['BatchGetItem', 'PutItem'],
  sends: OUTGOING,
}
/** In bulk only what is no record: findings, and what incidents have in common. */
const BULK = [
  ['dynamodb:BatchWriteItem', 'IncidentsTable', keyed('IND#0a1b')],
  ['dynamodb:BatchWriteItem', 'FindingsTable', keyed('F#0a1b')],
] as const
/** Claims and answers beside the commands, a link in each message: `send-messages.ts`. */
function sending(queue: string, ...also: NonNullable<Job['also']>): Job {
  return {
    incidents: [...COMMANDS.incidents, 'UpdateItem'],
    index: 'list',
    reads: [queue, 'MessagesDeadLetters'],
    also: [['kms:GenerateMac', 'LinkKey', HMAC], ...also],
  }
}

const JOBS: Readonly<Record<string, Job>> = {
  'ingest-findings': {
    incidents: COMMANDS.incidents,
    index: 'list',
    findings: ['BatchGetItem', 'PutItem'],
    reads: ['FindingsQueue', 'FindingsDeadLetters'],
  },
  'serve-api': {
    incidents: [...COMMANDS.incidents, 'Scan'],
    index: 'list',
    findings: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
    also: [
      ['dynamodb:Query', 'FindingsTable/index/list'],
      ['kms:VerifyMac', 'LinkKey', HMAC],
      ['kms:GenerateMac', 'FormKey', HMAC],
      ['kms:VerifyMac', 'FormKey', HMAC],
      ['kms:GenerateDataKey', 'NoteKey', OF_NOTES],
      ['kms:Decrypt', 'NoteKey', OF_NOTES],
    ],
  },
  'receive-replies': { ...COMMANDS, reads: ['RepliesQueue', 'RepliesDeadLetters'] },
  'wake-incidents': {
    incidents: [...COMMANDS.incidents, 'UpdateItem'],
    index: 'list',
    reads: ['WakesQueue', 'WakesDeadLetters'],
    sends: ['WakesQueue'],
  },
  'dispatch-commits': {
    ...DISPATCH,
    sends: [...OUTGOING, 'DispatchFailures'],
    also: [
      ...STREAM.map((operation) => [`dynamodb:${operation}`, 'IncidentsTable.StreamArn'] as const),
      ['dynamodb:ListStreams', '*'],
      ...BULK,
    ],
  },
  'send-email': sending(
    'EmailQueue',
    ['ses:SendEmail', `arn:aws:ses:${REGION}:${ACCOUNT}:identity/${MAIL_FROM}`, FROM_OURS],
    ['ses:SendEmail', `arn:aws:ses:${REGION}:${ACCOUNT}:identity/example.com`, FROM_OURS],
    ['ses:SendEmail', `arn:aws:ses:${REGION}:${ACCOUNT}:configuration-set/muster-prod`, FROM_OURS],
    ['ses:GetSuppressedDestination', '*'],
  ),
  'send-sms': sending('SmsQueue', ['sms-voice:SendTextMessage', SMS_IDENTITY]),
  'send-other': sending('OtherMessagesQueue'),
  tick: { ...DISPATCH, index: 'due', also: BULK },
  'sweep-retention': {
    incidents: ['Scan', 'GetItem', 'Query'],
    findings: ['Scan', 'DeleteItem'],
    also: [
      ['dynamodb:PutItem', 'IncidentsTable', keyed('SYS#retention')],
      ...SWEPT.map((key) => ['dynamodb:DeleteItem', 'IncidentsTable', keyed(key)] as const),
    ],
  },
}

/** All that a function asks for; null for one of which nobody has said. */
export function needsOf(template: Template, name: string): readonly Need[] | null {
  const job = Object.hasOwn(JOBS, name) ? JOBS[name] : undefined
  if (job === undefined) return null
  const { incidents, findings = [], index, reads, sends = [], also = [] } = job
  const [queue, deadLetters] = reads ?? []
  const ask = (service: string, operations: readonly string[], target: string): Need[] =>
    operations.map((operation) => need(template, `${service}:${operation}`, target))
  const given = [queue, deadLetters, ...sends].filter((id) => id !== undefined)
  return [
    ...ask('logs', ['CreateLogStream', 'PutLogEvents'], logStream(name)),
    ...ask('xray', ['PutTraceSegments', 'PutTelemetryRecords'], '*'),
    ...ask('dynamodb', incidents, 'IncidentsTable'),
    ...ask('dynamodb', findings, 'FindingsTable'),
    ...ask('dynamodb', index ? ['Query'] : [], `IncidentsTable/index/${index}`),
    ...ask('sqs', queue ? ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'] : [], queue ?? ''),
    ...ask('sqs', queue ? ['ChangeMessageVisibility'] : [], queue ?? ''),
    ...given.filter((id) => id !== queue || sends.includes(id)).flatMap((id) => ask('sqs', ['SendMessage'], id)),
    ...encryption(template, 'dynamodb'),
    ...(given.length > 0 ? encryption(template, 'sqs') : []),
    ...also.map(([action, target, context]) => need(template, action, target, context)),
  ]
}

/** Tables and queues use the key in the name of whoever asks them. */
function encryption(template: Template, service: string): Need[] {
  const context = { 'kms:ViaService': `${service}.${REGION}.amazonaws.com` }
  return ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => need(template, action, 'DataKey', context))
}

/** `target`: an ARN, `*`, or a logical id with an attribute or what lies inside the resource. */
function need(template: Template, action: string, target: string, context: Need['context'] = {}): Need {
  if (target === '*' || target.startsWith('arn:')) return { action, resource: target, context }
  const [, id = '', attribute, inside = ''] = /^(\w+)(?:\.(\w+))?(\/.+)?$/.exec(target) ?? []
  return { action, resource: `${attributeOf(template, id, attribute)}${inside}`, context }
}

function logStream(name: string): string {
  return `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/lambda/muster-prod-${name}:log-stream:2027/03/09/[$LATEST]0a1b`
}
