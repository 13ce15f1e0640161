import type { ContextValue } from '../iam-policy/request.ts'
import { attributeOf } from './resolve-stack.ts'
import { ACCOUNT, MAIL_FROM, REGION, SMS_IDENTITY } from './stack-values.ts'
import { resourcesOf, type Template } from './template.ts'

type Context = Readonly<Record<string, ContextValue>>

/** Something that no function may do, but for those named: `send-email`. */
export interface Forbidden {
  readonly action: string
  readonly resources: readonly string[]
  readonly but?: readonly string[]
  /** Where not every context is meant. */
  readonly contexts?: readonly Context[]
}

const SENDERS = ['send-email', 'send-sms', 'send-other']
/** Whoever decides or dispatches. */
const WRITERS = [
  'ingest-findings',
  'serve-api',
  'receive-replies',
  'wake-incidents',
  'dispatch-commits',
  'tick',
  ...SENDERS,
]
const ANYTHING = { 'kms:MacAlgorithm': 'HMAC_SHA_256', 'kms:EncryptionContext:purpose': 'muster-note' }
/** What a request would carry that tries to get through. */
export const FAVOURABLE: readonly Context[] = ['sqs', 'dynamodb'].map((service) => ({
  ...ANYTHING,
  'kms:ViaService': `${service}.${REGION}.amazonaws.com`,
  'ses:FromAddress': MAIL_FROM,
}))

/** What is kept for good: commits and heads, notes, directories, pointers, and no key at all. */
const KEPT: readonly Context[] = [
  ...['INC#inc-0a1b', 'NOTE#inc-0a1b', 'DIR', 'DIR#1', 'GRP#0a1b', 'SYS#tick'].map((key) => ({
    ...FAVOURABLE[1],
    'dynamodb:LeadingKeys': [key],
  })),
  ...FAVOURABLE,
]

/** Nor may what nobody could read go unread. */
const QUARANTINED: readonly Context[] = [
  { ...FAVOURABLE[1], 'dynamodb:LeadingKeys': ['Q#2027-01-01#0'] },
  { ...FAVOURABLE[1], 'dynamodb:LeadingKeys': ['F#0a1b', 'Q#2027-01-01#0'] },
  ...FAVOURABLE,
]

const IDENTITIES = [MAIL_FROM, 'example.com'].map((name) => `arn:aws:ses:${REGION}:${ACCOUNT}:identity/${name}`)
const MAIL = [...IDENTITIES, `arn:aws:ses:${REGION}:${ACCOUNT}:configuration-set/muster-prod`]
const OTHER_NUMBERS = ['phone-number/phone-2', 'pool/pool-1', 'sender-id/BANK/DE'].map(
  (name) => `arn:aws:sms-voice:${REGION}:${ACCOUNT}:${name}`,
)

/** Everything that somebody who has taken over one function would try next, on the stack's own resources. */
export function forbiddenActions(template: Template): readonly Forbidden[] {
  const all = (type: string, attribute?: string) =>
    resourcesOf(template, `AWS::${type}`).map(({ id }) => attributeOf(template, id, attribute))
  const one = (id: string, attribute?: string) => [attributeOf(template, id, attribute)]
  return [
    ...onIdentities(all('IAM::Role')),
    ...onKeys(all('KMS::Key'), one),
    ...onData(all('DynamoDB::Table'), one),
    ...onMessages(all('SQS::Queue'), all('SNS::Topic', 'TopicArn'), one),
    ...onCode(all('Lambda::Function'), all('S3::Bucket')),
    ...onTraces(all('Events::Rule'), all('Logs::LogGroup')),
    ...beyondTheStack(),
  ]
}

function each(actions: readonly string[], resources: readonly string[], but: readonly string[] = []): Forbidden[] {
  return actions.map((action) => ({ action, resources, but }))
}

function onIdentities(roles: readonly string[]): Forbidden[] {
  const user = `arn:aws:iam::${ACCOUNT}:user/somebody`
  const ofRoles = ['AttachRolePolicy', 'PutRolePolicy', 'UpdateAssumeRolePolicy', 'DeleteRolePermissionsBoundary']
  return [
    ...each(['iam:CreateUser', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'], [user]),
    ...each(['iam:CreatePolicyVersion'], [`arn:aws:iam::${ACCOUNT}:policy/boundary`]),
    ...each(
      [...ofRoles, 'PassRole'].map((name) => `iam:${name}`),
      roles,
    ),
    ...each(['sts:AssumeRole'], [...roles, 'arn:aws:iam::999999999999:role/elsewhere']),
  ]
}

type One = (id: string, attribute?: string) => readonly string[]

function onKeys(keys: readonly string[], one: One): Forbidden[] {
  const ofKeys = ['ScheduleKeyDeletion', 'DisableKey', 'PutKeyPolicy', 'CreateGrant', 'ReEncryptFrom', 'Encrypt']
  return [
    ...each(
      ofKeys.map((name) => `kms:${name}`),
      keys,
    ),
    ...each(['kms:Decrypt', 'kms:GenerateDataKey'], one('NoteKey'), ['serve-api']),
    // Only in the name of a queue or a table, never by itself.
    { action: 'kms:Decrypt', resources: one('DataKey'), contexts: [{}, ANYTHING] },
    { action: 'kms:Decrypt', resources: one('NoteKey'), contexts: [{}, { 'kms:EncryptionContext:purpose': 'other' }] },
    ...each(['kms:GenerateMac'], one('LinkKey'), SENDERS),
    ...each(['kms:VerifyMac'], one('LinkKey'), ['serve-api']),
    ...each(['kms:GenerateMac', 'kms:VerifyMac'], one('FormKey'), ['serve-api']),
  ]
}

function onData(tables: readonly string[], one: One): Forbidden[] {
  const ofTables = [
    'DeleteTable',
    'UpdateTable',
    'UpdateContinuousBackups',
    'ExportTableToPointInTime',
    'PutResourcePolicy',
  ]
  const ofItems = ['PartiQLDelete', 'PartiQLUpdate', 'PartiQLSelect']
  return [
    ...each(
      [...ofTables, ...ofItems].map((name) => `dynamodb:${name}`),
      tables,
    ),
    ...each(['dynamodb:BatchWriteItem'], tables, ['dispatch-commits', 'tick']),
    { action: 'dynamodb:BatchWriteItem', resources: one('IncidentsTable'), contexts: KEPT },
    { action: 'dynamodb:BatchWriteItem', resources: one('FindingsTable'), contexts: QUARANTINED },
    ...each(['dynamodb:DeleteItem'], tables, ['sweep-retention']),
    { action: 'dynamodb:DeleteItem', resources: one('IncidentsTable'), contexts: KEPT },
    ...each(['dynamodb:PutItem'], one('FindingsTable'), ['ingest-findings', 'serve-api', 'dispatch-commits', 'tick']),
    { action: 'dynamodb:PutItem', resources: one('IncidentsTable'), contexts: KEPT, but: WRITERS },
    ...each(['dynamodb:Scan'], one('IncidentsTable'), ['serve-api', 'sweep-retention']),
    ...each(['dynamodb:Scan'], one('FindingsTable'), ['sweep-retention']),
    ...each(['dynamodb:Scan'], [`${one('IncidentsTable')}/index/list`]),
    ...each(['dynamodb:UpdateItem'], one('FindingsTable'), ['serve-api']),
    ...each(['dynamodb:UpdateItem'], one('IncidentsTable'), ['wake-incidents', 'dispatch-commits', 'tick', ...SENDERS]),
    ...each(['dynamodb:GetRecords'], one('IncidentsTable', 'StreamArn'), ['dispatch-commits']),
    ...each(['dynamodb:DeleteBackup'], [`${one('IncidentsTable')}/backup/01`]),
  ]
}

function onMessages(queues: readonly string[], allTopics: readonly string[], one: One): Forbidden[] {
  const ofQueues = ['PurgeQueue', 'DeleteQueue', 'SetQueueAttributes', 'AddPermission', 'StartMessageMoveTask']
  const ofTopics = ['Publish', 'Subscribe', 'SetTopicAttributes', 'DeleteTopic']
  const ofDeadLetters = ['FindingsDeadLetters', 'WakesDeadLetters', 'MessagesDeadLetters', 'UndeliveredEvents']
  return [
    ...each(
      ofQueues.map((name) => `sqs:${name}`),
      queues,
    ),
    ...each(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], one('FindingsQueue'), ['ingest-findings']),
    ...each(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], one('EmailQueue'), ['send-email']),
    ...each(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      ofDeadLetters.flatMap((id) => one(id)),
    ),
    ...each(['sqs:SendMessage'], [...one('FindingsQueue'), ...one('RepliesQueue'), ...one('UndeliveredEvents')]),
    ...each(['sqs:SendMessage'], [...one('EmailQueue'), ...one('SmsQueue')], ['dispatch-commits', 'tick']),
    ...each(
      ofTopics.map((name) => `sns:${name}`),
      allTopics,
    ),
    ...each(['ses:SendEmail'], MAIL, ['send-email']),
    { action: 'ses:SendEmail', resources: MAIL, contexts: [{ 'ses:FromAddress': 'ceo@example.com' }, {}] },
    ...each(['ses:SendRawEmail', 'ses:SendBulkEmail', 'ses:SendTemplatedEmail'], MAIL),
    ...each(['ses:DeleteSuppressedDestination', 'ses:PutSuppressedDestination', 'ses:PutAccountDetails'], ['*']),
    ...each(['sms-voice:SendTextMessage'], [SMS_IDENTITY], ['send-sms']),
    ...each(['sms-voice:SendTextMessage', 'sms-voice:SendVoiceMessage'], OTHER_NUMBERS),
    ...each(['sms-voice:ReleasePhoneNumber', 'sms-voice:UpdatePhoneNumber'], [SMS_IDENTITY, ...OTHER_NUMBERS]),
  ]
}

function onCode(functions: readonly string[], buckets: readonly string[]): Forbidden[] {
  const ofFunctions = ['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'AddPermission', 'DeleteFunction']
  const objects = buckets.map((bucket) => `${bucket}/serverless/muster/prod/serveApi.zip`)
  return [
    ...each(
      [...ofFunctions, 'InvokeFunction', 'PutFunctionConcurrency'].map((name) => `lambda:${name}`),
      functions,
    ),
    ...each(['lambda:CreateFunction', 'lambda:DeleteEventSourceMapping'], ['*']),
    ...each(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], objects),
    ...each(['s3:ListBucket', 's3:PutBucketPolicy', 's3:DeleteBucket', 's3:PutBucketPublicAccessBlock'], buckets),
    ...each(
      ['cloudformation:DeleteStack', 'cloudformation:UpdateStack'],
      [`arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/muster-prod/0a1b`],
    ),
  ]
}

function onTraces(rules: readonly string[], groups: readonly string[]): Forbidden[] {
  const logGroups = groups.map((group) => group.replace(/:\*$/, ''))
  const alarms = [`arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:muster-prod-missed-tick`]
  return [
    ...each(
      ['DisableRule', 'DeleteRule', 'RemoveTargets', 'PutTargets', 'PutRule'].map((name) => `events:${name}`),
      rules,
    ),
    ...each(['events:PutEvents'], [`arn:aws:events:${REGION}:${ACCOUNT}:event-bus/default`]),
    ...each(
      ['DeleteLogGroup', 'PutRetentionPolicy', 'DisassociateKmsKey'].map((name) => `logs:${name}`),
      logGroups,
    ),
    ...each(
      ['logs:DeleteLogStream', 'logs:GetLogEvents'],
      logGroups.map((group) => `${group}:log-stream:one`),
    ),
    ...each(['cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions', 'cloudwatch:SetAlarmState'], alarms),
    ...each(['cloudwatch:PutMetricData'], ['*']),
    ...each(
      ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
      [`arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/main`],
    ),
  ]
}

function beyondTheStack(): Forbidden[] {
  const detector = `arn:aws:guardduty:${REGION}:${ACCOUNT}:detector/d0c0`
  const secret = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:database-0a1b2c`
  return [
    ...each(['organizations:LeaveOrganization', 'account:CloseAccount', 'config:StopConfigurationRecorder'], ['*']),
    ...each(['guardduty:DeleteDetector', 'guardduty:UpdateDetector', 'guardduty:ArchiveFindings'], [detector]),
    ...each(['securityhub:DisableSecurityHub', 'securityhub:BatchUpdateFindings'], ['*']),
    ...each(['secretsmanager:GetSecretValue'], [secret]),
    ...each(['ec2:RunInstances', 'ec2:TerminateInstances'], [`arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-0a1b`]),
    ...each(['ssm:GetParameter'], [`arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/database`]),
  ]
}
