import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { groupKeyOf } from '../../../shared/core/findings/group.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const MINIMAL = { Id: 'x', Severity: { Label: 'HIGH' }, UpdatedAt: '2027-03-06T02:13:30Z' }

function imported(finding: Record<string, unknown>, envelope: Record<string, unknown> = {}) {
  return {
    'detail-type': 'Security Hub Findings - Imported',
    ...envelope,
    detail: { findings: [{ ...MINIMAL, ...finding }] },
  }
}
const finding = (asff: Record<string, unknown>, envelope = {}): Finding => findingIn(imported(asff, envelope))

describe('one GuardDuty finding in both wrappings', () => {
  const own = findingIn(sampleEvent('guardduty/leaked-access-key'))
  const hub = findingIn(sampleEvent('securityhub/leaked-access-key'))

  test('agrees in everything that decides', () => {
    const decisive = ({
      key,
      source,
      family,
      severity,
      title,
      accountId,
      region,
      partition,
      resources,
      principal,
      principals,
    }: Finding) => {
      const where = { accountId, region, partition }
      return { key, source, family, severity, title, ...where, resources, principal, principals }
    }
    expect(decisive(hub)).toEqual(decisive(own))
    expect(groupKeyOf(hub)).toBe(groupKeyOf(own))
    expect([hub.firstSeenAt, hub.lastSeenAt, hub.version, hub.count]).toEqual([
      own.firstSeenAt,
      own.lastSeenAt,
      own.version,
      own.count,
    ])
    expect(hub.wrapping).toBe('asff')
  })

  test('agrees for an instance and an attack sequence too', () => {
    const arnOf = (id: string) => `arn:aws:guardduty:eu-central-1:444455556666:detector/d/finding/${id}`
    const probe = findingIn(sampleEvent('guardduty/port-probe-low'))
    const asProbe = finding({
      Id: arnOf(probe.findingId),
      Types: ['TTPs/Discovery/Recon:EC2-PortProbeUnprotectedPort'],
      Resources: [{ Type: 'AwsEc2Instance', Id: 'arn:aws:ec2:eu-central-1:444455556666:instance/i-0123456789abcdef0' }],
    })
    expect([asProbe.key, groupKeyOf(asProbe)]).toEqual([probe.key, groupKeyOf(probe)])
    const sequence = findingIn(sampleEvent('guardduty/attack-sequence'))
    const asSequence = finding({
      Id: arnOf(sequence.findingId).replace('444455556666', '111122223333'),
      Types: ['TTPs/AttackSequence:S3-CompromisedData'],
      Detection: { Sequence: { Actors: [{ Id: 'a' }, { User: { Name: 'payments-deploy' } }] } },
      Resources: [],
    })
    expect([asSequence.key, groupKeyOf(asSequence)]).toEqual([sequence.key, groupKeyOf(sequence)])
  })
})

test.each([
  ['securityhub/leaked-access-key-notified', 'notified', 'Notified'],
  ['securityhub/leaked-access-key-suppressed', 'suppressed', 'Suppressed'],
  ['securityhub/leaked-access-key-resolved', 'resolved', 'Resolved'],
  ['securityhub/leaked-access-key-archived', 'archived', 'Archived'],
  ['securityhub/control-passed', 'passed', 'Passed'],
  ['securityhub/control-informational', 'active', 'Informational'],
])('%s does not page', (name, state, reason) => {
  expect(findingIn(sampleEvent(name))).toMatchObject({ version: { state }, ignoredReason: reason })
})

test.each([
  [{ WorkflowState: 'RESOLVED' }, 'resolved'],
  [{ WorkflowState: 'RESOLVED', Workflow: { Status: 'NEW' } }, 'active'],
  [{ Compliance: { Status: 'FAILED' } }, 'active'],
  [{ Compliance: { Status: 'PASSED' }, Workflow: { Status: 'NOTIFIED' } }, 'passed'],
  [{ RecordState: 'archived', Workflow: { Status: 'resolved' } }, 'resolved'],
])('%j is %s', (asff, state) => {
  expect(finding(asff).version.state).toBe(state)
})

test.each([
  [{ Label: 'CRITICAL', Normalized: 1 }, 'CRITICAL', 'CRITICAL'],
  [{ Label: 'low' }, 'LOW', 'LOW'],
  [{ Normalized: 70 }, 'HIGH', '70'],
  [{ Normalized: 0, Product: 9 }, 'INFORMATIONAL', '0'],
  [{ Label: 'AWFUL', Normalized: 40 }, 'MEDIUM', '40'],
])('severity %j is %s', (Severity, severity, nativeSeverity) => {
  expect(finding({ Severity })).toMatchObject({ severity, nativeSeverity })
})

test.each([[{}], [{ Product: 9 }], [{ Normalized: 101 }], [{ Label: 'AWFUL' }], [null], [undefined], ['HIGH']])(
  'severity %j is none',
  (Severity) => {
    const expected = 'a Label (CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL) or a Normalized number from 0 to 100'
    expect(parseEvent(imported({ Severity }))).toEqual([
      { index: 0, ok: false, error: { path: 'detail.findings[0].Severity', line: null, expected }, findingId: 'x' },
    ])
  },
)

test('two findings in one event, each with its control as family', () => {
  const items = parseEvent(sampleEvent('securityhub/two-controls'))
  expect(items.map((item) => item.ok && [item.index, item.finding.source, item.finding.family])).toEqual([
    [0, 'securityhub', 'S3.8'],
    [1, 'securityhub', 'EC2.2'],
  ])
})

test.each([
  [{ ProductFields: { ControlId: 'IAM.5' }, GeneratorId: 'standard/IAM.5' }, 'IAM.5'],
  [{ GeneratorId: 'standard/IAM.5' }, 'standard/IAM.5'],
  [{ Types: ['A'] }, 'securityhub/A'],
])('the family of a control: %j', (asff, family) => {
  expect(finding({ ProductArn: 'arn:aws:securityhub:r::product/aws/securityhub', ...asff }).family).toBe(family)
})

test.each([
  ['arn:aws:securityhub:r::product/aws/inspector', 'Inspector', 'inspector'],
  ['arn:aws:securityhub:r::product/sample-vendor/their-falcon', undefined, 'their-falcon'],
  ['arn:aws:securityhub:r:1:product/1/default', 'Sample Decoys', 'sample-decoys'],
  ['arn:aws:securityhub:r:1:product/1/default', '!!!', 'custom'],
  [undefined, 'Own', 'own'],
  [undefined, undefined, 'custom'],
])('the source of product %s named %s is %s', (ProductArn, ProductName, source) => {
  expect(finding({ ProductArn, ProductName, Types: ['A'] })).toMatchObject({ source, family: `${source}/A` })
})

test('an own product without a label, with a space in its instants and an id of its own', () => {
  expect(findingIn(sampleEvent('securityhub/own-product-without-label'))).toMatchObject({
    key: 'arn:aws:securityhub:eu-central-1:444455556666:product/444455556666/default:444455556666:decoy-0001',
    severity: 'HIGH',
    nativeSeverity: '70',
    region: 'unknown',
    firstSeenAt: '2027-03-12T00:26:57.000Z',
    ignoredReason: null,
  })
})

describe('what is left out', () => {
  test('account and region come from the id, else from the envelope', () => {
    const Id = 'arn:aws:inspector2:eu-west-1:111122223333:finding/1'
    expect(finding({ Id }, { account: '444455556666' })).toMatchObject({
      accountId: '111122223333',
      region: 'eu-west-1',
    })
    const envelope = { account: '444455556666', region: 'us-gov-west-1' }
    expect(finding({}, envelope)).toMatchObject({ accountId: '444455556666', partition: 'aws-us-gov' })
    expect(finding({ AwsAccountId: 'XXXXXXXXXXXX' })).toMatchObject({ accountId: 'XXXXXXXXXXXX', region: 'unknown' })
  })

  test('ids that are no ARN differ by product, region and account', () => {
    const keys = [{}, { Region: 'eu-west-1' }, { AwsAccountId: '1' }, { ProductName: 'Own' }, { ProductArn: 'p' }]
    expect(new Set(keys.map((asff) => finding(asff).key)).size).toBe(keys.length)
  })

  test('times stand in for one another', () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((n) => `2027-03-0${n}T00:00:00.000Z`)
    const seen = (asff: Record<string, unknown>, envelope = {}) => {
      const read = finding({ UpdatedAt: undefined, ...asff }, envelope)
      return [read.firstSeenAt, read.lastSeenAt, read.version.updatedAt]
    }
    expect(seen({ FirstObservedAt: a, CreatedAt: b, LastObservedAt: c, UpdatedAt: d })).toEqual([a, c, d])
    expect(seen({ CreatedAt: b, UpdatedAt: d })).toEqual([b, d, d])
    expect(seen({ LastObservedAt: c })).toEqual([c, c, c])
    expect(seen({ CreatedAt: b })).toEqual([b, b, b])
    expect(seen({ FirstObservedAt: a })).toEqual([a, a, a])
    expect(seen({}, { time: d })).toEqual([d, d, d])
    expect(parseEvent(imported({ UpdatedAt: 'soon' }))).toMatchObject([
      { ok: false, error: { path: 'detail.findings[0].UpdatedAt', expected: 'an ISO 8601 instant' }, findingId: 'x' },
    ])
  })

  test('type and title', () => {
    expect(finding({ FindingProviderFields: { Types: ['B'] }, GeneratorId: 'g' })).toMatchObject({
      type: 'B',
      title: 'B',
    })
    expect(finding({ Types: [7], GeneratorId: 'g' }).type).toBe('g')
    expect(finding({}).type).toBe('unknown')
    expect(finding({ Id: 'arn:aws:guardduty:r:1:detector/d/finding/f', Types: ['A'] }).family).toBe('A')
  })

  test('a resource of no type, and one of no id', () => {
    const Resources = [{ Id: 'a', Partition: 'aws-cn' }, { Type: 'B' }, 'odd']
    expect(finding({ Resources })).toMatchObject({ resources: [{ type: 'Other', id: 'a' }], partition: 'aws-cn' })
  })

  test('who acted', () => {
    const withKey = (AwsIamAccessKey: unknown) => [{ Id: 'k', Details: { AwsIamAccessKey } }]
    expect(finding({ Resources: withKey({ UserName: 'older', PrincipalId: 'AIDA' }) }).principal).toBe('older')
    expect(finding({ Resources: withKey({ PrincipalId: 'AIDA' }) }).principal).toBe('AIDA')
    expect(finding({ Detection: { Sequence: { Actors: [{ User: { Uid: 'u' } }] } } }).principal).toBe('u')
    expect(finding({}).principal).toBeNull()
  })
})

test.each([
  [{ Sample: true }],
  [{ Title: '[SAMPLE] A title' }],
  [{ ProductFields: { 'aws/guardduty/service/additionalInfo/sample': 'true' } }],
  [{ ProductFields: { 'aws/guardduty/service/additionalInfo/value': '{"sample":true}' } }],
])('a sample: %j', (asff) => {
  expect(finding(asff).ignoredReason).toBe('Sample')
})

test('a count that is none is passed over', () => {
  expect(finding({ ProductFields: { 'aws/guardduty/service/count': '12' } }).count).toBe(12)
  expect(finding({ ProductFields: { 'aws/guardduty/service/count': 'many' } }).count).toBeNull()
  expect(finding({ Sample: false, ProductFields: 7 }).count).toBeNull()
})

describe('everybody whom a finding names', () => {
  const AwsAccountId = '111122223333'
  const ARN = 'arn:aws:iam::111122223333:user/division/mole'
  const bucket = { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::sample' }
  const key = (AwsIamAccessKey: Record<string, unknown>) => ({ Type: 'AwsIamAccessKey', Details: { AwsIamAccessKey } })
  const issuer = { Arn: 'arn:aws:iam::111122223333:role/admin', UserName: 'admin' }
  const session = { PrincipalType: 'AssumedRole', PrincipalId: 'AROAX:mole' }

  test.each([
    ['a user', [{ Type: 'AwsIamUser', Id: ARN }], ['user/mole']],
    ['a user before a bucket', [{ Type: 'AwsIamUser', Id: ARN }, bucket], ['user/mole']],
    ['a user after a bucket', [bucket, { Type: 'AwsIamUser', Id: ARN }], ['user/mole']],
    [
      'a user with details',
      [{ Type: 'AwsIamUser', Id: ARN, Details: { AwsIamUser: { UserName: 'mole', UserId: 'AIDAX' } } }],
      ['user/mole', 'id/AIDAX'],
    ],
    [
      'a role',
      [{ Type: 'AwsIamRole', Id: 'x', Details: { AwsIamRole: { RoleName: 'admin', RoleId: 'AROAX' } } }],
      ['role/admin', 'id/AROAX'],
    ],
    [
      'a key of a user',
      [key({ PrincipalType: 'IAMUser', PrincipalName: 'mole', PrincipalId: 'AIDAX' })],
      ['user/mole', 'id/AIDAX'],
    ],
    ['a key whose details are older', [key({ UserName: 'mole' })], ['any/mole']],
    ['a key of a session', [key({ ...session, PrincipalName: 'admin' })], ['session/admin/mole', 'id/AROAX:mole']],
    [
      'a key of a session, by its issuer',
      [key({ ...session, SessionContext: { SessionIssuer: issuer } })],
      ['session/admin/mole', 'id/AROAX:mole'],
    ],
    [
      'a session and its role: nobody else who acts by it',
      [key({ ...session, PrincipalName: 'admin' }), { Type: 'AwsIamRole', Id: issuer.Arn }],
      ['session/admin/mole', 'id/AROAX:mole'],
    ],
    ['several', [bucket, { Type: 'AwsIamUser', Id: ARN }, key({ UserName: 'cat' })], ['any/cat', 'user/mole']],
    ['nobody', [bucket], []],
  ])('%s', (_, Resources, expected) => {
    expect(finding({ AwsAccountId, Resources }).principals).toEqual(expected.map((one) => `${AwsAccountId}:${one}`))
  })

  test('a key of another account, and an actor with an account of its own', () => {
    const away = key({ PrincipalType: 'IAMUser', PrincipalName: 'mole', AccountId: '444455556666' })
    expect(finding({ AwsAccountId, Resources: [away] }).principals).toEqual(['444455556666:user/mole'])
    const Actors = [
      { User: { Name: 'mole', Uid: 'AIDAX', Type: 'IAMUser', Account: { Uid: '444455556666' } } },
      { User: { Name: 'mole', Uid: 'AROAX:mole', Type: 'AssumedRole' }, Session: { Issuer: issuer.Arn } },
      { User: { Name: 'admin', Uid: 'AROAX:cat', Type: 'AssumedRole' } },
      { User: { Name: 'owl', Uid: 'AROAX:owl', Type: 'AssumedRole' } },
    ]
    expect(finding({ AwsAccountId, Detection: { Sequence: { Actors } } }).principals).toEqual([
      '444455556666:user/mole',
      '111122223333:session/admin/mole',
      '111122223333:session/admin/cat',
      '111122223333:session/*/owl',
      '444455556666:id/AIDAX',
      '111122223333:id/AROAX:mole',
      '111122223333:id/AROAX:cat',
      '111122223333:id/AROAX:owl',
    ])
  })
})

describe('what Muster wrote itself', () => {
  const [before, after] = ['2027-03-06T02:13:29Z', '2027-03-06T02:14:00.000Z']
  const note = (UpdatedBy: string, UpdatedAt: string) => ({ Note: { Text: 't', UpdatedBy, UpdatedAt } })

  test.each([
    ['its note is the last change', note('muster', MINIMAL.UpdatedAt), ['own-update']],
    ['its note came after the last change', note('Muster (prod)', after), ['own-mark']],
    ['its fields are there', { UserDefinedFields: { musterIncidentId: 'i' } }, ['own-mark']],
    ['the provider changed it after the note', note('muster', before), []],
    ["somebody else's note", note('ana', MINIMAL.UpdatedAt), []],
    ['nothing', { Note: 7, UserDefinedFields: [] }, []],
  ])('%s', (_, asff, traits) => {
    expect(finding(asff).traits).toEqual(traits)
    expect(finding({ ...asff, Workflow: { Status: 'NOTIFIED' } }).traits).toEqual(traits)
    expect(finding({ ...asff, Workflow: { Status: 'SUPPRESSED' } }).traits).toEqual([])
    expect(finding({ ...asff, RecordState: 'ARCHIVED' }).traits).toEqual([])
  })

  test('the sample is an echo of the finding as it was', () => {
    const first = findingIn(sampleEvent('securityhub/leaked-access-key'))
    const echo = findingIn(sampleEvent('securityhub/leaked-access-key-own-update'))
    expect(echo).toMatchObject({ key: first.key, traits: ['own-mark'], ignoredReason: 'Notified' })
    expect(echo.version.updatedAt).toBe(first.version.updatedAt)
  })
})

test('a custom action sends the same finding', () => {
  expect(findingIn(sampleEvent('securityhub/leaked-access-key-by-custom-action'))).toEqual(
    findingIn(sampleEvent('securityhub/leaked-access-key')),
  )
})

test('Macie has one key whether its id is an ARN or not', () => {
  const macie = (Id: string) =>
    finding({ Id, ProductArn: 'arn:aws:securityhub:r::product/aws/macie', AwsAccountId: '1', Region: 'r' }).key
  expect(['m1', 'arn:aws:macie2:r:1:finding/m1'].map(macie)).toEqual(['macie:r:1:m1', 'macie:r:1:m1'])
})

describe('what may show up elsewhere too', () => {
  const RemoteIpDetails = { IpAddressV4: '198.51.100.7' }
  const sides = {
    SourceIpV4: '198.51.100.7',
    SourceDomain: 'in.example.net',
    DestinationIpV4: '203.0.113.9',
    DestinationDomain: 'out.example.net',
  }
  const [inside, outside] = [
    ['ip:198.51.100.7', 'domain:in.example.net'],
    ['ip:203.0.113.9', 'domain:out.example.net'],
  ]
  const hash = 'a'.repeat(64)
  const field = 'aws/guardduty/service/action/'

  test.each([
    [{ Network: { Direction: 'IN', ...sides } }, inside],
    [{ Network: { Direction: 'OUT', ...sides } }, outside],
    [{ Network: sides }, [...inside, ...outside]],
    [
      { Action: { AwsApiCallAction: { RemoteIpDetails, DomainDetails: { Domain: 'iam.amazonaws.com' } } } },
      ['ip:198.51.100.7'],
    ],
    [{ Action: { NetworkConnectionAction: { RemoteIpDetails } } }, ['ip:198.51.100.7']],
    [{ Action: { PortProbeAction: { PortProbeDetails: [{ RemoteIpDetails }] } } }, ['ip:198.51.100.7']],
    [{ Action: { DnsRequestAction: { Domain: 'drop.example.net' } } }, ['domain:drop.example.net']],
    [
      {
        ThreatIntelIndicators: [
          { Type: 'IPV4_ADDRESS', Value: '198.51.100.7' },
          { Type: 'DOMAIN', Value: 'drop.example.net' },
          { Type: 'URL', Value: 'https://user@other.example.net:8443/a?b' },
          { Type: 'HASH_SHA256', Value: hash },
          { Type: 'MUTEX', Value: 'm' },
        ],
      },
      ['ip:198.51.100.7', 'domain:drop.example.net', 'domain:other.example.net', `sha256:${hash}`],
    ],
    [{ Malware: [{ Name: 'EICAR' }], Threats: [{ FilePaths: [{ Hash: hash }] }] }, [`sha256:${hash}`, 'malware:eicar']],
    [
      {
        ProductFields: {
          [`${field}awsApiCallAction/remoteIpDetails/ipAddressV4`]: '198.51.100.7',
          [`${field}networkConnectionAction/localIpDetails/ipAddressV4`]: '198.51.100.8',
          [`${field}dnsRequestAction/domain`]: 'drop.example.net',
          'aws/guardduty/service/malwareScanDetails/threats.0_/hash': hash,
          'own/remoteIpDetails/ipAddressV4': '198.51.100.9',
        },
      },
      ['ip:198.51.100.7', 'domain:drop.example.net', `sha256:${hash}`],
    ],
    [{ Resources: [{ Id: 'AWS::IAM::AccessKey:AKIAEXAMPLEEXAMPLE01' }] }, ['access-key:AKIAEXAMPLEEXAMPLE01']],
  ])('%j', (asff, expected) => {
    expect(finding(asff).indicators).toEqual(expected)
  })
})

test('tags of resources, the first of a key', () => {
  const Resources = [
    { Id: 'a', Tags: { team: 'a', odd: 7 } },
    { Id: 'b', Tags: { team: 'b', env: 'prod' } },
    { Tags: [] },
  ]
  expect(finding({ Resources }).tags).toEqual({ team: 'a', env: 'prod' })
})

test('a key and a role of one id are two resources', () => {
  const Resources = ['AwsIamAccessKey', 'AwsIamRole', 'AwsIamRole'].map((Type) => ({ Type, Id: 'x' }))
  expect(finding({ Resources }).resources).toEqual([
    { type: 'AwsIamAccessKey', id: 'x' },
    { type: 'AwsIamRole', id: 'x' },
  ])
})
