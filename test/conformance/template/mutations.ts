import { alarmActionFaults, functionAlarmFaults, ownAlarmFaults } from './alarms.ts'
import type { Alteration } from './altered.ts'
import { authorizerFaults, doorFaults, routeFaults } from './api-routes.ts'
import { deliveryKeyFaults, keyAccountFaults, logKeyFaults, outsiderFaults, plainTransportFaults } from './callers.ts'
import { deadLetterAlarmFaults, partialBatchFaults, redriveFaults, undeliveredFaults } from './dead-letters.ts'
import { keyUpkeepFaults, logFaults, messageEncryptionFaults, tableEncryptionFaults } from './encryption.ts'
import { intakeFaults, mailEventFaults, patternFaults, routingFaults } from './event-routing.ts'
import { ownRoleFaults, roleFaults, settingFaults } from './function-settings.ts'
import { bucketFaults, retentionFaults, streamFaults, tableFaults } from './kept-data.ts'
import { forbiddenFaults, neededFaults, unneededFaults } from './needs.ts'
import { boundaryFaults, wildcardFaults } from './role-policies.ts'
import { permissionFaults, strangerFaults } from './strangers.ts'
import { streamFilterFaults } from './stream-filter.ts'
import type { Check } from './template.ts'
import { leaseFaults, visibilityFaults } from './visibility.ts'
import { watchedCallFaults } from './watched-calls.ts'

/** One thing made wrong, the check that is to see it, and a part of what it says. */
export type Mutation = readonly [way: string, alteration: Alteration, check: Check, says: string]

const STREAM = 'DispatchCommitsEventSourceMappingDynamodbIncidentsTable/Properties'
const EVERYBODY = { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }
const policyOf = (role: string) => `${role}/Properties/Policies/0/PolicyDocument/Statement`
const queuePolicy = (queue: string) => `${queue}Policy/Properties/PolicyDocument/Statement`
const added = (element: unknown) => (list: unknown) => [...(list as unknown[]), element]
const attribute = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })
const route = { RouteKey: 'GET /v1/incidents', AuthorizationType: 'NONE', ApiId: { Ref: 'Api' } }

const OF_EVENTS: readonly Mutation[] = [
  [
    'GuardDutyRule/Properties/EventPattern/source',
    ['aws.macie'],
    routingFaults,
    'guardduty/leaked-access-key: 0 rules',
  ],
  ['SecurityHubRule/Properties/EventPattern/detail-type', undefined, routingFaults, 'a call to Security Hub: 1 rules'],
  ['GuardDutyRule/Properties/EventPattern/source', undefined, routingFaults, 'put by an application: 1 rules'],
  [
    'GuardDutyRule/Properties/EventPattern/detail',
    { id: [{ exists: true }] },
    routingFaults,
    'broken-without-id: 0 rules',
  ],
  [
    'SecurityHubRule/Properties/EventPattern/source',
    ['aws.guardduty'],
    routingFaults,
    'securityhub/two-controls: 0 rules',
  ],
  [
    'GuardDutyRule/Properties/EventPattern/source',
    'aws.guardduty',
    patternFaults,
    'muster-prod-findings-guardduty: source',
  ],
  ['GuardDutyRule/Properties/EventPattern', undefined, patternFaults, 'GuardDutyRule: waits for nothing'],
  ['CloudWatchRule/Properties/EventPattern/detail', undefined, routingFaults, 'an alarm of Muster that rings: 1 rules'],
  ['HealthRule/Properties/EventPattern/detail-type', ['x'.repeat(2048)], patternFaults, 'too long for EventBridge'],
  ['IdentityCallsRule/Properties/EventPattern/detail/$or/0', undefined, watchedCallFaults, 'iam.amazonaws.com'],
  [
    'IdentityCallsRule/Properties/EventPattern/detail/$or/0/eventName/0',
    'ListUsers',
    watchedCallFaults,
    'iam.amazonaws.com ListUsers: nobody watches it',
  ],
  ['MailEventsRule/Properties/EventPattern/detail', undefined, mailEventFaults, "somebody else's mail"],
  ['GuardDutyRule/Properties/Targets/findings/Arn', attribute('RepliesQueue'), intakeFaults, 'GuardDutyRule'],
  [`${STREAM}/FilterCriteria`, undefined, streamFilterFaults, 'has no filter'],
  [`${STREAM}/FilterCriteria/Filters/0/Pattern`, '{"eventName":["INSERT"]}', streamFilterFaults, 'a claim wakes'],
]

const OF_DATA: readonly Mutation[] = [
  ['EmailQueue/Properties/KmsMasterKeyId', undefined, messageEncryptionFaults, 'EmailQueue'],
  ['AlarmTopic/Properties/KmsMasterKeyId', 'alias/aws/sns', messageEncryptionFaults, 'AlarmTopic'],
  ['IncidentsTable/Properties/SSESpecification/SSEEnabled', false, tableEncryptionFaults, 'IncidentsTable'],
  [
    'FindingsTable/Properties/SSESpecification/KMSMasterKeyId',
    attribute('LinkKey'),
    tableEncryptionFaults,
    'FindingsTable',
  ],
  ['TickLogGroup/Properties/RetentionInDays', undefined, logFaults, 'TickLogGroup'],
  ['TickLogGroup/Properties/KmsKeyId', undefined, logFaults, 'TickLogGroup'],
  ['TickLogGroup', undefined, logFaults, 'TickLambdaFunction'],
  ['NoteKey/DeletionPolicy', undefined, keyUpkeepFaults, 'NoteKey'],
  ['DataKey/Properties/EnableKeyRotation', undefined, keyUpkeepFaults, 'DataKey'],
  ['IncidentsTable/DeletionPolicy', 'Delete', tableFaults, 'IncidentsTable: goes with the stack'],
  ['IncidentsTable/Properties/DeletionProtectionEnabled', undefined, tableFaults, 'IncidentsTable'],
  ['FindingsTable/Properties/PointInTimeRecoverySpecification', undefined, tableFaults, 'FindingsTable'],
  ['IncidentsTable/Properties/StreamSpecification', undefined, streamFaults, 'IncidentsTable'],
  ['FindingsTable/Properties/StreamSpecification', { StreamViewType: 'KEYS_ONLY' }, streamFaults, 'FindingsTable'],
  [
    'ServerlessDeploymentBucket/Properties/PublicAccessBlockConfiguration/IgnorePublicAcls',
    false,
    bucketFaults,
    'Ignore',
  ],
  ['WakesDeadLetters/Properties/MessageRetentionPeriod', undefined, retentionFaults, 'WakesDeadLetters'],
  ['WakesQueue/Properties/RedrivePolicy', undefined, redriveFaults, 'WakesQueue'],
  ['WakesQueue/Properties/RedrivePolicy/deadLetterTargetArn', attribute('AlarmTopic'), redriveFaults, 'WakesQueue'],
  [
    'SweepRetentionRule/Properties/Targets/sweep-retention/DeadLetterConfig',
    undefined,
    undeliveredFaults,
    'SweepRetentionRule',
  ],
  ['TickRule/Properties/Targets/tick/DeadLetterConfig', undefined, undeliveredFaults, 'TickRule'],
  ['TextMessagesSubscription/Properties/RedrivePolicy', undefined, undeliveredFaults, 'TextMessagesSubscription'],
  [`${STREAM}/DestinationConfig`, undefined, undeliveredFaults, 'DispatchCommits'],
  [`${STREAM}/FunctionResponseTypes`, undefined, partialBatchFaults, 'DispatchCommits'],
  ['WakesDeadLettersAlarm', undefined, deadLetterAlarmFaults, 'WakesDeadLetters'],
]

const OF_FUNCTIONS: readonly Mutation[] = [
  ['TickLambdaFunction/Properties/Runtime', 'nodejs22.x', settingFaults, 'TickLambdaFunction: runs on nodejs22.x'],
  ['TickLambdaFunction/Properties/Architectures', ['x86_64'], settingFaults, 'TickLambdaFunction'],
  ['TickLambdaFunction/Properties/TracingConfig', undefined, settingFaults, 'TickLambdaFunction'],
  ['TickLambdaFunction/Properties/Role', attribute('ServeApiRole'), ownRoleFaults, 'TickLambdaFunction: shares'],
  ['WakesQueue/Properties/VisibilityTimeout', 30, visibilityFaults, 'WakesQueue: hides for 30 s'],
  ['FindingsQueue/Properties/VisibilityTimeout', 120, visibilityFaults, 'FindingsQueue: hides for 120 s'],
  ['EmailQueue/Properties/VisibilityTimeout', 600, visibilityFaults, 'EmailQueue: hides long enough'],
  ['SendSmsLambdaFunction/Properties/Timeout', 50, leaseFaults, 'SendSmsLambdaFunction: outlives'],
  ['SmsQueue/Properties/VisibilityTimeout', 40, leaseFaults, 'SmsQueue: brings what is claimed'],
  ['MissedTick/Properties/AlarmActions', [], alarmActionFaults, 'MissedTick'],
  ['MissedTick/Properties/ActionsEnabled', false, alarmActionFaults, 'MissedTick: rings silently'],
  ['TickThrottles', undefined, functionAlarmFaults, 'TickLambdaFunction: 0 alarms watch its throttles'],
  ['SweepRetentionErrors', undefined, functionAlarmFaults, 'SweepRetentionLambdaFunction: 0 alarms watch its errors'],
  ['TickErrors/Properties/Dimensions/0/Name', 'Resource', functionAlarmFaults, 'TickLambdaFunction'],
  ['SendEmailErrors/Condition', 'HasSms', functionAlarmFaults, 'SendEmailLambdaFunction'],
  ['SeatExhaustedAlarm/Properties/MetricName', 'SeatsExhausted', ownAlarmFaults, 'no alarm watches SeatExhausted'],
  ['MissedTick/Properties/MetricName', 'Tick', ownAlarmFaults, 'MissedTick: nobody writes Tick'],
  ['DeadLetterAlarm/Properties/Dimensions', [], ownAlarmFaults, 'DeadLetterAlarm'],
]

const OF_ROLES: readonly Mutation[] = [
  [`${policyOf('TickRole')}/Findings/Action`, ['dynamodb:*'], wildcardFaults, 'TickRole: dynamodb:* is more than one'],
  [`${policyOf('TickRole')}/Queues/Resource`, '*', wildcardFaults, 'TickRole: sqs:SendMessage on everything'],
  [`${policyOf('TickRole')}/Findings/Resource`, 'arn:aws:dynamodb:*:*:table/muster-*', wildcardFaults, 'TickRole'],
  [`${policyOf('TickRole')}/Findings/NotResource`, '*', wildcardFaults, 'TickRole: Findings says what it is not'],
  ['TickRole/Properties/PermissionsBoundary', undefined, boundaryFaults, 'TickRole: is outside the boundary'],
  [
    'TickRole/Properties/PermissionsBoundary',
    { Ref: 'PermissionsBoundary' },
    boundaryFaults,
    'TickRole: has the boundary',
  ],
  ['TickRole/Properties/AssumeRolePolicyDocument/Statement/0/Principal', { AWS: '*' }, roleFaults, 'TickRole'],
  ['TickRole/Properties/ManagedPolicyArns', ['arn:aws:iam::aws:policy/ReadOnlyAccess'], roleFaults, 'TickRole'],
  ['Extra', { Type: 'AWS::IAM::Policy', Properties: {} }, roleFaults, 'Extra'],
  [`${policyOf('SendEmailRole')}/SignsLinks`, undefined, neededFaults, 'SendEmailRole: kms:GenerateMac'],
  [`${policyOf('ServeApiRole')}/LegalNotes/Condition`, { Bool: { 'aws:x': 'true' } }, neededFaults, 'kms:Decrypt'],
  [`${policyOf('TickRole')}/DueSoon/Resource`, [attribute('IncidentsTable')], neededFaults, 'TickRole: dynamodb:Query'],
  [`${policyOf('TickRole')}/Findings/Action`, added('dynamodb:Query'), unneededFaults, 'TickRole: dynamodb:Query'],
  [`${policyOf('SendSmsRole')}/SignsLinks/Action`, added('kms:VerifyMac'), forbiddenFaults, 'may kms:VerifyMac'],
  [`${policyOf('ServeApiRole')}/OpensLinks/Action`, added('kms:GenerateMac'), forbiddenFaults, 'may kms:GenerateMac'],
  [
    `${policyOf('SendSmsRole')}/EncryptedData/Resource`,
    added(attribute('NoteKey')),
    forbiddenFaults,
    'may kms:Decrypt',
  ],
  [`${policyOf('TickRole')}/EncryptedData/Condition`, undefined, forbiddenFaults, 'TickRole: may kms:Decrypt'],
  [`${policyOf('SendEmailRole')}/Mails/Condition`, undefined, forbiddenFaults, 'SendEmailRole: may ses:SendEmail'],
  [`${policyOf('SendSmsRole')}/Texts/Resource`, ['arn:aws:sms-voice:*:*:*'], forbiddenFaults, 'phone-2'],
  [`${policyOf('WakeIncidentsRole')}/Decides/Action`, added('dynamodb:Scan'), forbiddenFaults, 'may dynamodb:Scan'],
  [
    `${policyOf('ServeApiRole')}/Decides/Action`,
    added('dynamodb:DeleteItem'),
    forbiddenFaults,
    'may dynamodb:DeleteItem',
  ],
  [`${policyOf('SweepRetentionRole')}/Deletes/Condition`, undefined, forbiddenFaults, 'may dynamodb:DeleteItem'],
  [
    `${policyOf('SweepRetentionRole')}/Deletes/Condition/ForAnyValue:StringLike/dynamodb:LeadingKeys`,
    added('INC#*'),
    forbiddenFaults,
    'SweepRetentionRole: may dynamodb:DeleteItem',
  ],
  [
    `${policyOf('SweepRetentionRole')}/Deletes/Condition/ForAnyValue:StringLike/dynamodb:LeadingKeys`,
    ['FX#*', 'CAUSE#*', 'PERSON#*', 'IND#*'],
    neededFaults,
    'SweepRetentionRole: dynamodb:DeleteItem',
  ],
  [`${policyOf('SweepRetentionRole')}/KeepsItsPlace/Condition`, undefined, forbiddenFaults, 'may dynamodb:PutItem'],
  [`${policyOf('TickRole')}/Queues/Action`, ['sqs:*'], forbiddenFaults, 'TickRole: may sqs:PurgeQueue'],
  [`${policyOf('TickRole')}/Traces/Action`, ['*'], forbiddenFaults, 'TickRole: may guardduty:DeleteDetector'],
  [`${policyOf('TickRole')}/Traces/Action`, ['sns:Publish'], forbiddenFaults, 'muster-prod-alarms'],
]

const OF_CALLERS: readonly Mutation[] = [
  [queuePolicy('FindingsQueue'), added(EVERYBODY), strangerFaults, 'FindingsQueue: sqs:SendMessage by anybody'],
  [`${queuePolicy('FindingsQueue')}/EventBridgeRules/Condition`, undefined, strangerFaults, 'events for nobody'],
  [
    queuePolicy('RepliesQueue'),
    added({ ...EVERYBODY, Principal: { AWS: '999999999999' } }),
    strangerFaults,
    'another account',
  ],
  ['AlarmTopicPolicy/Properties/PolicyDocument/Statement/Alarms/Condition', undefined, strangerFaults, 'AlarmTopic'],
  ['DataKey/Properties/KeyPolicy/Statement/ServicesThatDeliver/Condition', undefined, strangerFaults, 'DataKey'],
  ['NoteKey/Properties/KeyPolicy/Statement/TheAccountDecides/Principal', '*', strangerFaults, 'NoteKey'],
  [`${queuePolicy('FindingsQueue')}/OnlyEncryptedInTransit`, undefined, plainTransportFaults, 'FindingsQueue'],
  [`${queuePolicy('UndeliveredEvents')}/TextMessages`, undefined, outsiderFaults, 'UndeliveredEvents: sqs:SendMessage'],
  [`${queuePolicy('FindingsQueue')}/EventBridgeRules/Action`, 'sqs:*', outsiderFaults, 'sqs:PurgeQueue by events'],
  ['FindingsQueuePolicy', undefined, outsiderFaults, 'FindingsQueue: has no policy'],
  ['GuardDutyRule/Properties/Name', 'muster-prod-guardduty', outsiderFaults, 'FindingsQueue: sqs:SendMessage'],
  ['MissedTick/Properties/AlarmName', 'missed-tick', outsiderFaults, 'AlarmTopic: sns:Publish'],
  ['DataKey/Properties/KeyPolicy/Statement/ServicesThatDeliver', undefined, deliveryKeyFaults, 'by cloudwatch'],
  [
    'DataKey/Properties/KeyPolicy/Statement/ServicesThatDeliver/Action',
    ['kms:*'],
    deliveryKeyFaults,
    'kms:PutKeyPolicy',
  ],
  ['DataKey/Properties/KeyPolicy/Statement/Logs', undefined, logKeyFaults, 'does not serve TickLogGroup'],
  ['DataKey/Properties/KeyPolicy/Statement/Logs/Condition', undefined, logKeyFaults, 'serves log groups of others'],
  [
    'LinkKey/Properties/KeyPolicy/Statement/TheAccountDecides',
    undefined,
    keyAccountFaults,
    'LinkKey: TickRole is denied',
  ],
  ['TickMayInvoke/Properties/SourceArn', undefined, permissionFaults, 'TickMayInvoke'],
  ['ApiMayInvoke/Properties/Principal', '*', permissionFaults, 'ApiMayInvoke'],
  ['ApiDefaultRoute/Properties/AuthorizationType', 'NONE', routeFaults, 'ApiDefaultRoute: asks for NONE'],
  ['ApiDefaultRoute/Properties/AuthorizerId', undefined, routeFaults, 'ApiDefaultRoute'],
  ['Extra', { Type: 'AWS::ApiGatewayV2::Route', Properties: route }, routeFaults, 'Extra: asks for NONE'],
  ['JwtAuthorizer/Properties/JwtConfiguration/Audience', ['anybody'], authorizerFaults, 'JwtAuthorizer'],
  ['Extra', { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE' } }, doorFaults, 'Extra'],
  ['ApiLinkPress', undefined, doorFaults, 'POST /a/{token}'],
]

export const MUTATIONS: readonly Mutation[] = [...OF_EVENTS, ...OF_DATA, ...OF_FUNCTIONS, ...OF_ROLES, ...OF_CALLERS]
