import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { CLOUDTRAIL } from '../../../shared/sources/cloudtrail.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { NO_ENVELOPE } from '../../../shared/sources/parsed.ts'
import { findingIn, judgedByDefault, sampleEvent } from './sample-events.ts'

const ACCOUNT = '111122223333'
const MINIMAL = {
  eventID: 'e1',
  eventSource: 's3.amazonaws.com',
  eventName: 'CreateBucket',
  eventTime: '2027-03-06T02:13:00Z',
  recipientAccountId: ACCOUNT,
  awsRegion: 'eu-central-1',
}
const sample = (name: string) => findingIn(sampleEvent(`cloudtrail/${name}`))

function finding(record: Record<string, unknown>, envelope: Record<string, unknown> = {}): Finding {
  const detail = { ...MINIMAL, ...record }
  return findingIn({ 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.s3', ...envelope, detail })
}

test('a trail stopped, whole', () => {
  const { eventID } = (sampleEvent('cloudtrail/stop-logging') as { detail: { eventID: string } }).detail
  expect(sample('stop-logging')).toEqual({
    key: `cloudtrail:["111122223333","${eventID}"]`,
    findingId: eventID,
    wrapping: 'cloudtrail',
    source: 'cloudtrail',
    type: 'cloudtrail.amazonaws.com:StopLogging',
    family: 'DefenseEvasion',
    severity: 'HIGH',
    nativeSeverity: '',
    title: 'StopLogging by payments-admin',
    accountId: ACCOUNT,
    region: 'eu-central-1',
    partition: 'aws',
    resources: [{ type: 'AwsCloudTrailTrail', id: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/organisation' }],
    principal: 'payments-admin',
    principals: ['111122223333:session/payments-admin/mole', '111122223333:id/AROAEXAMPLEEXAMPLE01:mole'],
    firstSeenAt: '2027-03-06T02:13:00.000Z',
    lastSeenAt: '2027-03-06T02:13:00.000Z',
    version: { updatedAt: '2027-03-06T02:13:00.000Z', state: 'active' },
    count: null,
    traits: ['watched-call', 'watched-high'],
    tags: {},
    indicators: ['ip:198.51.100.7', 'access-key:ASIAEXAMPLEEXAMPLE01'],
    signals: [],
    groupKey: '["111122223333","payments-admin","DefenseEvasion"]',
    heldBy: null,
    ignoredReason: null,
  } satisfies Finding)
})

test.each([
  ['root-sign-in', 'HIGH', 'RootUse', ['root-user', 'console-login']],
  ['root-sign-in-without-mfa', 'CRITICAL', 'RootUse', ['root-user', 'console-login', 'no-mfa', 'root-without-mfa']],
  [
    'root-sign-in-failed',
    'MEDIUM',
    'RootUse',
    ['root-user', 'console-login', 'no-mfa', 'failed', 'root-sign-in-failed'],
  ],
  [
    'user-sign-in-without-mfa',
    'MEDIUM',
    'signin.amazonaws.com:ConsoleLogin',
    ['console-login', 'no-mfa', 'sign-in-without-mfa'],
  ],
  ['key-of-root', 'CRITICAL', 'RootUse', ['root-user', 'watched-call', 'watched-critical']],
  ['key-for-another-user', 'MEDIUM', 'Persistence', ['watched-call', 'watched-medium']],
  ['administrator-attached', 'HIGH', 'PrivilegeEscalation', ['watched-call', 'watched-high']],
  ['bucket-made-public', 'HIGH', 'Exfiltration', ['watched-call', 'watched-high']],
  ['snapshot-shared-with-all', 'HIGH', 'Exfiltration', ['watched-call', 'watched-high']],
  ['organization-left', 'CRITICAL', 'DefenseEvasion', ['watched-call', 'watched-critical']],
  ['stop-logging-denied', 'MEDIUM', 'DefenseEvasion', ['failed', 'denied', 'watched-call', 'watched-denied']],
])('%s is %s of %s', (name, severity, family, traits) => {
  expect(sample(name)).toMatchObject({ severity, family, traits, ignoredReason: null })
})

test.each([
  ['user-sign-in-failed', ['console-login', 'no-mfa', 'failed']],
  ['federated-sign-in', ['console-login']],
  ['key-for-oneself', []],
  ['routine-call', []],
  ['by-aws-backup', ['by-aws-service']],
  ['from-another-account', ['cross-account']],
])('%s is routine', (name, traits) => {
  expect(sample(name)).toMatchObject({ severity: 'INFORMATIONAL', traits, ignoredReason: 'NoSeverityRule' })
})

test('records of a log file, without an envelope', () => {
  const items = parseEvent(sampleEvent('cloudtrail/log-file'))
  const findings = items.flatMap((item) => (item.ok ? [judgedByDefault(item.finding)] : []))
  expect(findings.map(({ title, severity, traits }) => [title, severity, traits])).toEqual([
    ['ScheduleKeyDeletion by payments-admin', 'HIGH', ['watched-call', 'watched-high']],
    ['DescribeInstances', 'INFORMATIONAL', ['read-only']],
  ])
})

test.each([
  [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', eventVersion: '2.1', eventTime: MINIMAL.eventTime }],
  [{ eventSource: 'aws:dynamodb', eventName: 'INSERT', eventVersion: '1.1', eventID: '1', awsRegion: 'eu-central-1' }],
])('%j is no record of CloudTrail', (record) => {
  expect(parseEvent({ Records: [record] })).toMatchObject([{ ok: false }])
})

describe('a title says what happened', () => {
  test.each([
    ['root-sign-in-failed', 'Failed console sign-in by root'],
    ['user-sign-in-without-mfa', 'Console sign-in by ana without MFA'],
    ['user-sign-in-failed', 'Failed console sign-in by somebody'],
    ['stop-logging-denied', 'Denied: StopLogging by payments-admin'],
    ['key-of-root', 'CreateAccessKey by root'],
    ['organization-left', 'LeaveOrganization by payments-admin'],
  ])('%s: %s', (name, title) => {
    expect(sample(name).title).toBe(title)
  })

  test.each([
    ['root-sign-in', 'ConsoleLogin'],
    ['root-sign-in-without-mfa', 'ConsoleLogin'],
    ['federated-sign-in', 'ConsoleLogin'],
    ['key-for-oneself', 'CreateAccessKey'],
    ['by-aws-backup', 'DisableKey'],
  ])('what no rule watches keeps the name of its call: %s', (name, title) => {
    expect(sample(name).title).toBe(title)
  })

  const stop = { eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' }
  const signIn = {
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    errorMessage: 'Failed authentication',
  }

  test('a watched call that failed for another reason', () => {
    const userIdentity = { type: 'IAMUser', userName: 'ana' }
    expect(finding({ ...stop, userIdentity, errorCode: 'TrailNotFoundException' }).title).toBe(
      'Failed: StopLogging by ana',
    )
  })

  test('a whole account, and nobody known', () => {
    const userIdentity = { type: 'AWSAccount', accountId: '444455556666' }
    expect(finding({ ...stop, userIdentity }).title).toBe('StopLogging by account 444455556666')
    expect(finding({ ...stop, userIdentity: {} }).title).toBe('StopLogging by somebody')
  })

  test("a user's failed sign-in", () => {
    const userIdentity = { type: 'IAMUser', userName: 'ana', accountId: ACCOUNT }
    expect(finding({ ...signIn, userIdentity }).title).toBe('Failed console sign-in by ana')
  })

  test('what was typed into the wrong field is not in it', () => {
    const userIdentity = { type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' }
    expect(finding({ ...signIn, userIdentity }).title).toBe('Failed console sign-in by somebody')
  })

  test('it is one line of at most 512 characters, whatever the name is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (userName) => {
        const { title } = finding({ ...stop, userIdentity: { type: 'IAMUser', userName } })
        expect(title).toMatch(/^StopLogging by /)
        expect(title.length).toBeLessThanOrEqual(512)
        expect(title).not.toMatch(/[\n\r\u202e]/)
      }),
    )
  })
})

describe('who acted', () => {
  test.each([
    ['a user', { type: 'IAMUser', userName: 'ana', principalId: 'AIDAX', accountId: ACCOUNT }, 'ana', 'user/ana'],
    [
      'a federated user',
      { type: 'FederatedUser', principalId: `${ACCOUNT}:eve`, arn: `arn:aws:sts::${ACCOUNT}:federated-user/eve` },
      `arn:aws:sts::${ACCOUNT}:federated-user/eve`,
      'federated/eve',
    ],
    [
      'who came by a web identity',
      { type: 'WebIdentityUser', principalId: 'accounts.google.com:app:1', userName: 'sub-1', accountId: ACCOUNT },
      'sub-1',
      'any/sub-1',
    ],
    ['root', { type: 'Root', userName: 'alias', arn: `arn:aws:iam::${ACCOUNT}:root` }, 'Root', 'root/'],
  ])('%s', (_, userIdentity, principal, named) => {
    const read = finding({ userIdentity })
    expect(read.principal).toBe(principal)
    expect(read.principals).toContain(`${ACCOUNT}:${named}`)
  })

  test.each([
    [{ type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1' } }, 'u-1'],
    [{ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com'],
    [{ type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' }, null],
    [null, null],
  ])('%j is %s', (userIdentity, principal) => {
    expect(finding({ userIdentity })).toMatchObject({ principal, principals: [] })
  })

  test('and whom the call is about', () => {
    const iam = { eventSource: 'iam.amazonaws.com', eventName: 'UpdateUser' }
    expect(finding({ ...iam, requestParameters: { userName: 'ben' } }).principals).toEqual([`${ACCOUNT}:user/ben`])
  })
})

describe('root', () => {
  const root = { type: 'Root', accountId: ACCOUNT }
  const session = (mfaAuthenticated: string) => ({ sessionContext: { attributes: { mfaAuthenticated } } })

  test('calls without a second factor are worse', () => {
    expect(finding({ userIdentity: { ...root, ...session('false') } }).severity).toBe('CRITICAL')
    expect(finding({ userIdentity: { ...root, ...session('true') } }).severity).toBe('HIGH')
  })

  test('is not whoever a service acts for, but whoever works in the console', () => {
    const by = (invokedBy: string) => finding({ userIdentity: { ...root, invokedBy } }).traits
    expect(by('support.amazonaws.com')).toEqual(['by-aws-service'])
    expect(by('signin.amazonaws.com')).toEqual(['root-user'])
  })
})

test('of two reasons the worse one counts; a failure that is no refusal is routine', () => {
  const rds = {
    eventSource: 'rds.amazonaws.com',
    eventName: 'DeleteDBCluster',
    requestParameters: { skipFinalSnapshot: true },
  }
  expect(finding(rds)).toMatchObject({ severity: 'HIGH', family: 'Impact' })
  expect(finding({ ...rds, requestParameters: {} }).severity).toBe('LOW')
  expect(finding({ ...rds, errorCode: 'DBClusterNotFoundFault' })).toMatchObject({
    traits: ['failed', 'watched-call'],
    ignoredReason: 'NoSeverityRule',
  })
})

test('what is left out comes from the envelope; partitions', () => {
  const bare = { recipientAccountId: null, awsRegion: null, eventTime: null, requestParameters: { bucketName: 'b' } }
  const envelope = { account: '444455556666', region: 'cn-north-1', time: '2027-03-06T02:13:30Z' }
  expect(finding(bare, envelope)).toMatchObject({
    accountId: '444455556666',
    region: 'cn-north-1',
    partition: 'aws-cn',
    resources: [{ type: 'AwsS3Bucket', id: 'arn:aws-cn:s3:::b' }],
    lastSeenAt: '2027-03-06T02:13:30.000Z',
  })
  const arn = 'arn:aws-us-gov:iam::111122223333:user/ana'
  expect(finding({ userIdentity: { arn }, awsRegion: 'us-gov-west-1' }).partition).toBe('aws-us-gov')
})

test.each([
  ['cloudtrail/broken-without-event-id', 'detail.eventID', true],
  ['cloudtrail/broken-without-event-name', 'detail.eventName', false],
  ['cloudtrail/broken-without-detail', 'detail', true],
])('%s is refused', (name, path, isNameless) => {
  const [item] = parseEvent(sampleEvent(name))
  expect(item).toMatchObject({ ok: false, error: { path } })
  expect(item?.ok === false && item.findingId === null).toBe(isNameless)
})

test('without any readable instant there is no version', () => {
  const detail = { ...MINIMAL, eventTime: 'soon' }
  const [item] = parseEvent({ 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.s3', detail })
  expect(item).toMatchObject({ ok: false, error: { path: 'detail.eventTime' }, findingId: 'e1' })
})

test('arbitrary values never throw', () => {
  const odd = fc.record({
    eventName: fc.constantFrom('PutBucketPolicy', 'PutBucketAcl', 'CreateBucket'),
    userIdentity: fc.anything(),
    requestParameters: fc.anything(),
    resources: fc.anything(),
  })
  fc.assert(fc.property(odd, (parts) => CLOUDTRAIL.parse({ ...MINIMAL, ...parts }, NO_ENVELOPE).ok))
})
