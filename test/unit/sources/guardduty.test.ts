import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { groupKeyOf } from '../../../shared/core/findings/group.ts'
import { guardDutyFamily } from '../../../shared/sources/guardduty.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn, judgedByDefault, sampleEvent } from './sample-events.ts'

const MINIMAL = { id: 'f1', type: 'Recon:EC2/Portscan', severity: 5, updatedAt: '2027-03-06T02:13:30Z' }
const AT = '2027-03-06T02:13:30.000Z'

function finding(detail: Record<string, unknown>, envelope: Record<string, unknown> = {}): Finding {
  return findingIn({ 'detail-type': 'GuardDuty Finding', ...envelope, detail: { ...MINIMAL, ...detail } })
}

test('a leaked access key, whole', () => {
  expect(findingIn(sampleEvent('guardduty/leaked-access-key'))).toEqual({
    key: 'guardduty:eu-central-1:111122223333:1f2e3d4c5b6a79880716253443526170',
    findingId: '1f2e3d4c5b6a79880716253443526170',
    wrapping: 'guardduty',
    source: 'guardduty',
    type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
    family: 'UnauthorizedAccess',
    severity: 'HIGH',
    nativeSeverity: '8',
    title: 'Credentials of the instance role payments-api-role were used from an external IP address.',
    accountId: '111122223333',
    region: 'eu-central-1',
    partition: 'aws',
    resources: [{ type: 'AwsIamAccessKey', id: 'ASIAEXAMPLEEXAMPLE01' }],
    principal: 'payments-api-role',
    principals: [
      '111122223333:session/payments-api-role/i-0a1b2c3d4e5f60718',
      '111122223333:id/AROAEXAMPLEEXAMPLE01:i-0a1b2c3d4e5f60718',
    ],
    firstSeenAt: '2027-03-06T02:11:40.000Z',
    lastSeenAt: '2027-03-06T02:12:05.000Z',
    version: { updatedAt: AT, state: 'active' },
    count: 1,
    traits: [],
    tags: {},
    indicators: ['ip:198.51.100.23', 'access-key:ASIAEXAMPLEEXAMPLE01'],
    signals: [],
    groupKey: '["111122223333","payments-api-role","UnauthorizedAccess"]',
    heldBy: null,
    ignoredReason: null,
  } satisfies Finding)
})

test('repeated, raised and archived: the same key and group, a later version', () => {
  const first = findingIn(sampleEvent('guardduty/leaked-access-key'))
  const later = ['repeated', 'raised', 'archived'].map((change) =>
    findingIn(sampleEvent(`guardduty/leaked-access-key-${change}`)),
  )
  for (const one of later) {
    expect(one.key).toBe(first.key)
    expect(groupKeyOf(one)).toBe(groupKeyOf(first))
    expect(one.version.updatedAt > first.version.updatedAt).toBe(true)
  }
  expect(later.map(({ severity, count, ignoredReason }) => [severity, count, ignoredReason])).toEqual([
    ['HIGH', 7, null],
    ['CRITICAL', 12, null],
    ['HIGH', 7, 'Archived'],
  ])
})

test('an attack sequence names its actor and every resource', () => {
  const sequence = findingIn(sampleEvent('guardduty/attack-sequence'))
  expect(sequence).toMatchObject({ severity: 'CRITICAL', family: 'AttackSequence', principal: 'payments-deploy' })
  expect(sequence.resources).toEqual([
    { type: 'AwsS3Bucket', id: 'arn:aws:s3:::sample-payments-statements' },
    { type: 'AwsIamAccessKey', id: 'ASIAEXAMPLEEXAMPLE02' },
  ])
  expect(sequence.tags).toEqual({ team: 'payments' })
})

describe('everybody whom a finding names', () => {
  const accountId = '111122223333'
  const key = (accessKeyDetails: Record<string, unknown>) => ({ resource: { accessKeyDetails } })
  const sequence = (actors: unknown[], resources: unknown[]) => ({
    service: { detection: { sequence: { actors, resources } } },
  })

  test.each([
    ['a user', key({ userType: 'IAMUser', userName: 'mole', principalId: 'AIDAX' }), ['user/mole', 'id/AIDAX']],
    [
      'a session',
      key({ userType: 'AssumedRole', principalId: 'AROAX:mole', userName: 'admin' }),
      ['session/admin/mole', 'id/AROAX:mole'],
    ],
    ['root', key({ userType: 'Root', userName: 'Root' }), ['root/']],
    [
      'whom Kubernetes knows by an ARN',
      {
        resource: {
          kubernetesDetails: {
            kubernetesUserDetails: { username: 'arn:aws:sts::111122223333:assumed-role/admin/mole' },
          },
        },
      },
      ['session/admin/mole'],
    ],
    [
      'whom Kubernetes alone knows',
      { resource: { kubernetesDetails: { kubernetesUserDetails: { username: 'x' } } } },
      [],
    ],
    [
      'an actor',
      sequence([{ user: { name: 'admin', uid: 'AROAX:mole', type: 'AssumedRole', account: { uid: accountId } } }], []),
      ['session/admin/mole', 'id/AROAX:mole'],
    ],
    [
      'the owner of a key of a sequence, and a user that it lists',
      sequence(
        [],
        [
          {
            uid: 'ASIAX',
            accountId,
            data: { accessKey: { principalId: 'AIDAX', userName: 'mole', userType: 'IAMUser' } },
          },
          { uid: 'arn:aws:iam::111122223333:user/cat', name: 'cat' },
        ],
      ),
      ['user/mole', 'user/cat', 'id/AIDAX'],
    ],
  ])('%s', (_, detail, expected) => {
    expect(finding({ accountId, ...detail }).principals).toEqual(expected.map((one) => `${accountId}:${one}`))
  })

  test('an actor once, however often the sequence names them', () => {
    expect(findingIn(sampleEvent('guardduty/attack-sequence')).principals).toEqual([
      '111122223333:user/payments-deploy',
      '111122223333:id/AIDAEXAMPLEEXAMPLE02',
    ])
  })

  test('whoever comes from another account has none that is known', () => {
    const away = key({ userType: 'AWSAccount', principalId: 'AIDAX', userName: 'mole' })
    expect(finding({ accountId, ...away }).principals).toEqual(['*:user/mole', '*:id/AIDAX'])
  })
})

describe('what may show up elsewhere too', () => {
  const service = (members: Record<string, unknown>) => finding({ service: members }).indicators
  const action = (members: Record<string, unknown>) => service({ action: members })
  const remoteIpDetails = { ipAddressV4: '198.51.100.7' }
  const hash = 'a'.repeat(64)

  test.each([
    ['networkConnectionAction', { remoteIpDetails }],
    ['awsApiCallAction', { remoteIpDetails, domainDetails: { domain: 's3.amazonaws.com' } }],
    ['portProbeAction', { portProbeDetails: [{ remoteIpDetails }, { remoteIpDetails: { ipAddressV4: '10.0.0.1' } }] }],
    ['kubernetesApiCallAction', { remoteIpDetails, sourceIPs: ['198.51.100.7', '10.0.0.1'] }],
    ['rdsLoginAttemptAction', { remoteIpDetails }],
  ])('the remote address of %s', (name, members) => {
    expect(action({ [name]: members })).toEqual(['ip:198.51.100.7'])
  })

  test('a domain that was asked for, and an address of version 6', () => {
    expect(action({ dnsRequestAction: { domain: 'drop.example.net' } })).toEqual(['domain:drop.example.net'])
    expect(action({ NetworkConnectionAction: { RemoteIpDetails: { IpAddressV6: '2001:db8::7' } } })).toEqual([
      'ip:2001:db8::7',
    ])
  })

  test.each([
    [{ malwareScanDetails: { threats: [{ name: 'EICAR', itemPaths: [{ hash }] }] } }],
    [{ malwareScanDetails: { threats: [{ name: 'EICAR', hash, itemDetails: [{ hash }] }] } }],
    [
      {
        ebsVolumeScanDetails: {
          scanDetections: {
            threatDetectedByName: { threatNames: [{ name: 'EICAR', filePaths: [{ hash }, { hash: 'odd' }] }] },
          },
        },
      },
    ],
  ])('files in %j', (members) => {
    expect(service(members)).toEqual([`sha256:${hash}`, 'malware:eicar'])
  })

  test.each([
    [{ evidence: { threatIntelligenceDetails: [{ threatFileSha256: hash }] } }],
    [{ runtimeDetails: { process: { executableSha256: hash } } }],
    [{ detection: { sequence: { actors: [{ process: { sha256: hash } }] } } }],
    [{ detection: { sequence: { sequenceIndicators: [{ key: 'MALICIOUS_FILE', values: [hash] }] } } }],
  ])('a file in %j', (members) => {
    expect(service(members)).toEqual([`sha256:${hash}`])
  })
})

test('the findings among the signals of an attack sequence', () => {
  const arn = (region: string) => `arn:aws:guardduty:${region}:444455556666:detector/d/finding/f2`
  const signals = [
    { uid: 'f1', type: 'FINDING' },
    { uid: 'f1', type: 'FINDING' },
    { uid: 'event', type: 'CLOUD_TRAIL' },
    { uid: arn('eu-west-1'), type: 'FINDING' },
    { uid: 'arn:aws:s3:::bucket', type: 'FINDING' },
    { type: 'FINDING' },
  ]
  const read = finding({ accountId: '111122223333', region: 'r', service: { detection: { sequence: { signals } } } })
  expect(read.signals).toEqual(['guardduty:r:111122223333:f1', 'guardduty:eu-west-1:444455556666:f2'])
})

test('tags of whatever it names, the widest first', () => {
  const resource = {
    instanceDetails: {
      instanceId: 'i',
      tags: [{ key: 'team', value: 'a' }, { key: 'only', value: 'b' }, { value: 'c' }],
    },
    eksClusterDetails: { name: 'c', tags: [{ key: 'team', value: 'cluster' }, { key: 'bare' }] },
  }
  expect(finding({ resource }).tags).toEqual({ team: 'cluster', bare: '', only: 'b' })
})

test('the PascalCase of GetFindings reads the same, without an envelope', () => {
  const items = parseEvent(sampleEvent('guardduty/get-findings'))
  const [leak, probe] = items.flatMap((item) => (item.ok ? [judgedByDefault(item.finding)] : []))
  expect(leak).toEqual(findingIn(sampleEvent('guardduty/leaked-access-key')))
  expect(probe).toEqual(findingIn(sampleEvent('guardduty/port-probe-low')))
})

describe('resources and principal', () => {
  const RESOURCES: [string, Record<string, unknown>, string, string][] = [
    ['Instance', { instanceDetails: { instanceId: 'i-1' } }, 'AwsEc2Instance', 'i-1'],
    ['S3Bucket', { s3BucketDetails: [{ arn: 'arn:aws:s3:::b', name: 'b' }] }, 'AwsS3Bucket', 'arn:aws:s3:::b'],
    ['S3Bucket', { s3BucketDetails: [{ name: 'b' }] }, 'AwsS3Bucket', 'arn:aws:s3:::b'],
    [
      'EKSCluster',
      { eksClusterDetails: { arn: 'arn:aws:eks:r:1:cluster/c', name: 'c' } },
      'AwsEksCluster',
      'arn:aws:eks:r:1:cluster/c',
    ],
    ['ECSCluster', { ecsClusterDetails: { name: 'c' } }, 'AwsEcsCluster', 'c'],
    ['Container', { containerDetails: { id: 'c1', name: 'web' } }, 'Container', 'c1'],
    [
      'Lambda',
      { lambdaDetails: { functionArn: 'arn:aws:lambda:r:1:function:f' } },
      'AwsLambdaFunction',
      'arn:aws:lambda:r:1:function:f',
    ],
    [
      'RDSDBInstance',
      { rdsDbInstanceDetails: { dbInstanceArn: 'arn:aws:rds:r:1:db:d' } },
      'AwsRdsDbInstance',
      'arn:aws:rds:r:1:db:d',
    ],
    ['RDSLimitlessDB', { rdsLimitlessDbDetails: { dbShardGroupIdentifier: 's' } }, 'AwsRdsDbShardGroup', 's'],
    [
      'EBSSnapshot',
      { ebsSnapshotDetails: { snapshotArn: 'arn:aws:ec2:r::snapshot/s' } },
      'AwsEc2Snapshot',
      'arn:aws:ec2:r::snapshot/s',
    ],
    ['EC2Image', { ec2ImageDetails: { imageArn: 'arn:aws:ec2:r::image/a' } }, 'AwsEc2Image', 'arn:aws:ec2:r::image/a'],
    [
      'RecoveryPoint',
      { recoveryPointDetails: { recoveryPointArn: 'arn:aws:backup:r:1:recovery-point:p' } },
      'AwsBackupRecoveryPoint',
      'arn:aws:backup:r:1:recovery-point:p',
    ],
    [
      'BedrockGuardrail',
      { bedrockGuardrailDetails: { guardrailArn: 'arn:aws:bedrock:r:1:guardrail/g' } },
      'AwsBedrockGuardrail',
      'arn:aws:bedrock:r:1:guardrail/g',
    ],
    ['Model', { modelDetails: [{ modelId: 'm' }] }, 'AwsBedrockModel', 'm'],
  ]

  test.each(RESOURCES)('%s', (resourceType, details, type, id) => {
    expect(finding({ resource: { resourceType, ...details } }).resources).toEqual([{ type, id }])
  })

  test('what the finding is about comes first', () => {
    const resource = {
      resourceType: 'S3Bucket',
      accessKeyDetails: { accessKeyId: 'AKIAEXAMPLE', userName: 'sample-user', principalId: 'AIDAEXAMPLE' },
      instanceDetails: { instanceId: 'i-1' },
      s3BucketDetails: [{ name: 'b' }, null, 'odd'],
    }
    const read = finding({ resource })
    expect(read.resources.map(({ id }) => id)).toEqual(['arn:aws:s3:::b', 'AKIAEXAMPLE', 'i-1'])
    expect(read.principal).toBe('sample-user')
  })

  test('without a user name the principal id, without both the actor, else nobody', () => {
    const actors = [{ id: 'a' }, { user: { uid: 'AIDAACTOR' } }]
    const service = { detection: { sequence: { actors, resources: [{ name: 'r', resourceType: 'NEW_KIND' }, {}] } } }
    const key = { accessKeyDetails: { userName: '', principalId: 'AIDAEXAMPLE' } }
    expect(finding({ resource: key, service }).principal).toBe('AIDAEXAMPLE')
    expect(finding({ service })).toMatchObject({ principal: 'AIDAACTOR', resources: [{ type: 'NEW_KIND', id: 'r' }] })
    expect(finding({}).principal).toBeNull()
    expect(finding({ service: { detection: { sequence: { resources: [{ uid: 'r' }] } } } }).resources[0]?.type).toBe(
      'Other',
    )
  })
})

test.each([
  [{ title: '[SAMPLE] A title' }],
  [{ service: { additionalInfo: { sample: true } } }],
  [{ service: { additionalInfo: { sample: 'true' } } }],
  [{ service: { additionalInfo: { value: '{"threat":"x","sample":true}' } } }],
])('a sample: %j', (detail) => {
  expect(finding(detail).ignoredReason).toBe('Sample')
})

test.each([
  [{ title: 'SAMPLE in words is no mark' }],
  [{ service: { additionalInfo: { sample: false, value: '{"sample":false}' } } }],
  [{ service: { additionalInfo: { value: '{"sample":' } } }],
  [{ service: { additionalInfo: { value: '[true]' } } }],
])('no sample: %j', (detail) => {
  expect(finding(detail).ignoredReason).toBeNull()
})

test('severity 0 is information', () => {
  expect(finding({ severity: 0 })).toMatchObject({ severity: 'INFORMATIONAL', ignoredReason: 'Informational' })
})

describe('what is left out', () => {
  test('account, region and partition come from the ARN, else from the envelope', () => {
    const arn = 'arn:aws-cn:guardduty:cn-north-1:111122223333:detector/d/finding/f1'
    expect(finding({ arn })).toMatchObject({ accountId: '111122223333', region: 'cn-north-1', partition: 'aws-cn' })
    const envelope = { account: '444455556666', region: 'us-gov-west-1' }
    expect(finding({}, envelope)).toMatchObject({
      accountId: '444455556666',
      region: 'us-gov-west-1',
      partition: 'aws-us-gov',
    })
    expect(finding({})).toMatchObject({ accountId: 'unknown', region: 'unknown', partition: 'aws', resources: [] })
  })

  test('times stand in for one another', () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((n) => `2027-03-0${n}T00:00:00.000Z`)
    const seen = (detail: Record<string, unknown>, envelope = {}) => {
      const read = finding({ updatedAt: null, ...detail }, envelope)
      return [read.firstSeenAt, read.lastSeenAt, read.version.updatedAt]
    }
    const service = { eventFirstSeen: a, eventLastSeen: c }
    expect(seen({ createdAt: b, updatedAt: d, service })).toEqual([a, c, d])
    expect(seen({ createdAt: b, updatedAt: d })).toEqual([b, d, d])
    expect(seen({ service })).toEqual([a, c, c])
    expect(seen({ service: { eventLastSeen: c } })).toEqual([c, c, c])
    expect(seen({ createdAt: b })).toEqual([b, b, b])
    expect(seen({ service: { eventFirstSeen: a } })).toEqual([a, a, a])
    expect(seen({}, { time: d })).toEqual([d, d, d])
    expect(seen({ updatedAt: 'soon', service })).toEqual([a, c, c])
  })

  test('the title is the type, the family of a type without purpose the type', () => {
    expect(finding({ title: '\u0007' }).title).toBe('Recon:EC2/Portscan')
    expect(finding({ type: 'Odd' })).toMatchObject({ title: 'Odd', family: 'Odd' })
  })
})

test.each([
  ['guardduty/broken-without-id', 'detail.id', 'a non-empty text of at most 2048 characters', null],
  ['guardduty/broken-id-as-number', 'detail.id', 'a non-empty text of at most 2048 characters', null],
  ['guardduty/broken-severity-as-word', 'detail.severity', 'a number from 0 to 10', '1f2e3d4c5b6a79880716253443526170'],
  [
    'guardduty/broken-severity-out-of-range',
    'detail.severity',
    'a number from 0 to 10',
    '1f2e3d4c5b6a79880716253443526170',
  ],
  ['guardduty/broken-without-detail', 'detail', 'a GuardDuty finding (an object)', null],
])('%s is refused', (name, path, expected, findingId) => {
  expect(parseEvent(sampleEvent(name))).toEqual([
    { index: 0, ok: false, error: { path, line: null, expected }, findingId },
  ])
})

test('without any readable instant there is no version', () => {
  const [item] = parseEvent({ 'detail-type': 'GuardDuty Finding', detail: { ...MINIMAL, updatedAt: 'soon' } })
  expect(item).toMatchObject({
    ok: false,
    error: { path: 'detail.updatedAt', expected: 'an ISO 8601 instant' },
    findingId: 'f1',
  })
})

test.each([
  ['UnauthorizedAccess:IAMUser/X', 'UnauthorizedAccess'],
  ['AttackSequence:IAM/CompromisedCredentials', 'AttackSequence'],
  ['Recon:EC2 PortProbe', 'Recon'],
  ['TTPs/UnauthorizedAccess:IAMUser-X', 'UnauthorizedAccess'],
  ['TTPs/Defense Evasion/Stealth:IAMUser-X', 'Stealth'],
  ['TTPs/AttackSequence:S3/CompromisedData', 'AttackSequence'],
  ['Unusual Behaviors', null],
  ['', null],
])('the family of %j is %s', (type, family) => {
  expect(guardDutyFamily(type)).toBe(family)
})
