import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const INFO = { uid: 'u1', modified_time: 1_804_299_210_000 }
const AT = '2027-03-06T02:13:30.000Z'

function imported(ocsf: Record<string, unknown>, envelope: Record<string, unknown> = {}) {
  const finding = { class_uid: 2004, finding_info: INFO, severity_id: 4, ...ocsf }
  return { 'detail-type': 'Findings Imported V2', ...envelope, detail: { findings: [finding] } }
}
const finding = (ocsf: Record<string, unknown>, envelope = {}): Finding => findingIn(imported(ocsf, envelope))
const guardDuty = { metadata: { product: { uid: 'arn:aws:securityhub:eu-west-1::productv2/aws/guardduty' } } }

test.each([
  [{ severity_id: 1 }, 'INFORMATIONAL'],
  [{ severity_id: 2 }, 'LOW'],
  [{ severity_id: 3 }, 'MEDIUM'],
  [{ severity_id: 4 }, 'HIGH'],
  [{ severity_id: 5 }, 'CRITICAL'],
  [{ severity_id: 6 }, 'CRITICAL'],
  [{ severity_id: 4, severity: 'Low' }, 'HIGH'],
  [{ severity_id: 0, severity: 'High' }, 'HIGH'],
  [{ severity_id: 99, severity: 'FATAL' }, 'CRITICAL'],
  [{ severity_id: undefined, severity: 'medium' }, 'MEDIUM'],
])('severity %j is %s', (ocsf, severity) => {
  expect(finding(ocsf).severity).toBe(severity)
})

test.each([
  [{ severity_id: 0 }],
  [{ severity_id: 99, severity: 'Awful' }],
  [{ severity_id: undefined }],
  [{ severity_id: 7 }],
])('severity %j is left to rules', (ocsf) => {
  expect(parseEvent(imported(ocsf))).toMatchObject([{ ok: true, finding: { severity: null } }])
  expect(finding(ocsf).ignoredReason).toBe('NoSeverityRule')
})

test.each([
  [{ status_id: 1 }, 'active', null],
  [{ status_id: 2 }, 'notified', 'Notified'],
  [{ status_id: 3 }, 'suppressed', 'Suppressed'],
  [{ status_id: 4 }, 'resolved', 'Resolved'],
  [{ status_id: 5 }, 'archived', 'Archived'],
  [{ status_id: 99, status: 'Suppressed' }, 'suppressed', 'Suppressed'],
  [{ status: 'Resolved' }, 'resolved', 'Resolved'],
  [{ status_id: 1, status: 'Resolved' }, 'active', null],
  [{ state_id: 3 }, 'suppressed', 'Suppressed'],
  [{ activity_id: 3, status_id: 1 }, 'archived', 'Archived'],
  [{ activity_name: 'Close' }, 'archived', 'Archived'],
  [{ compliance: { status_id: 1 } }, 'passed', 'Passed'],
  [{ compliance: { status: 'PASSED' } }, 'passed', 'Passed'],
  [{ compliance: { status_id: 3, status: 'Fail' } }, 'active', null],
  [{ unmapped: { RecordState: 'ARCHIVED' } }, 'archived', 'Archived'],
  [{ unmapped: { 'ProductFields.aws/guardduty/service/archived': 'true' } }, 'archived', 'Archived'],
  [{ unmapped: { WorkflowState: 'RESOLVED' } }, 'resolved', 'Resolved'],
  [{ status_id: 'odd', compliance: 7, unmapped: [] }, 'active', null],
])('%j is %s', (ocsf, state, reason) => {
  expect(finding(ocsf)).toMatchObject({ version: { state }, ignoredReason: reason })
})

test('samples that stand still, suppressed, passed and alone', () => {
  const leak = findingIn(sampleEvent('securityhub/v2-leaked-access-key'))
  const suppressed = findingIn(sampleEvent('securityhub/v2-leaked-access-key-suppressed'))
  expect(suppressed).toMatchObject({ key: leak.key, groupKey: leak.groupKey, ignoredReason: 'Suppressed' })
  expect(suppressed.version.updatedAt > leak.version.updatedAt).toBe(true)
  expect(findingIn(sampleEvent('securityhub/v2-detail-itself'))).toEqual(leak)
  const event = sampleEvent('securityhub/v2-leaked-access-key') as { detail: { findings: unknown[] } }
  expect(findingIn(event.detail.findings[0])).toEqual(leak)
  const asAsff = findingIn(sampleEvent('securityhub/control-passed'))
  expect(findingIn(sampleEvent('securityhub/v2-control-passed'))).toMatchObject({
    key: asAsff.key,
    groupKey: asAsff.groupKey,
    ignoredReason: 'Passed',
  })
})

describe('times', () => {
  const seen = (info: Record<string, unknown>, more = {}, envelope = {}) => {
    const read = finding({ finding_info: { uid: 'u', ...info }, ...more }, envelope)
    return [read.firstSeenAt, read.lastSeenAt, read.version.updatedAt]
  }

  test('are milliseconds or text, which wins; one stands in for another', () => {
    expect(seen({ modified_time: 1_804_299_210_000 })).toEqual([AT, AT, AT])
    expect(seen({ modified_time: 1, modified_time_dt: '2027-03-05T21:13:30.000-05:00' })).toEqual([AT, AT, AT])
    expect(seen({ created_time: 1_804_299_210_000 }, { time: 1_804_299_211_000 })).toEqual([
      AT,
      '2027-03-06T02:13:31.000Z',
      '2027-03-06T02:13:31.000Z',
    ])
    expect(seen({ modified_time: 1e99, created_time: -5 }, {}, { time: AT })).toEqual([AT, AT, AT])
  })

  test('without any it is refused', () => {
    expect(parseEvent(imported({ finding_info: { uid: 'u', modified_time: 'soon' } }))).toMatchObject([
      { ok: false, error: { path: 'detail.findings[0].finding_info.modified_time' }, findingId: 'u' },
    ])
  })
})

test('a finding without a uid is refused', () => {
  expect(parseEvent(sampleEvent('securityhub/broken-v2-without-uid'))).toMatchObject([
    { ok: false, error: { path: 'detail.findings[0].finding_info.uid' } },
  ])
  expect(parseEvent(imported({ finding_info: 7 }))).toMatchObject([
    { ok: false, error: { path: 'detail.findings[0].finding_info', expected: 'an OCSF finding with finding_info' } },
  ])
})

test('older classes say it elsewhere', () => {
  expect(finding({ class_uid: 2001, finding_info: undefined, finding: INFO }).findingId).toBe('u1')
  expect(finding({ class_uid: 2005, finding_info: undefined, finding_info_list: [INFO] }).findingId).toBe('u1')
  const resource = { type: 'AwsAccount', uid: 'AWS::::Account:1' }
  expect(finding({ resource }).resources).toEqual([{ type: 'AwsAccount', id: 'AWS::::Account:1' }])
})

test.each([
  [
    'arn:aws:inspector2:eu-west-1:111122223333:finding/f',
    'inspector',
    'arn:aws:inspector2:eu-west-1:111122223333:finding/f',
  ],
  ['m1', 'macie', 'macie:eu-west-1:111122223333:m1'],
  ['g1', 'guardduty', 'guardduty:eu-west-1:111122223333:g1'],
])('%s of %s has the key %s in ASFF and OCSF', (id, product, key) => {
  const arn = (generation: string) => `arn:aws:securityhub:eu-west-1::${generation}/aws/${product}`
  const cloud = { account: { uid: '111122223333' }, region: 'eu-west-1' }
  const v2 = finding({ finding_info: { ...INFO, uid: id }, cloud, metadata: { product: { uid: arn('productv2') } } })
  const asff = findingIn({
    'detail-type': 'Security Hub Findings - Imported',
    detail: {
      findings: [
        {
          Id: id,
          ProductArn: arn('product'),
          AwsAccountId: '111122223333',
          Region: 'eu-west-1',
          Severity: { Label: 'HIGH' },
          UpdatedAt: AT,
        },
      ],
    },
  })
  expect([v2.key, asff.key]).toEqual([key, key])
  expect([v2.source, asff.source]).toEqual([product, product])
})

describe('resources', () => {
  test.each([
    ['AWS::EC2::Instance', 'AwsEc2Instance'],
    ['AWS::RDS::DBInstance', 'AwsRdsDbInstance'],
    ['AWS::DynamoDB::Table', 'AwsDynamoDbTable'],
    ['AWS::Container::Container', 'Container'],
    ['AwsS3Bucket', 'AwsS3Bucket'],
    [undefined, 'Other'],
  ])('%s is %s', (type, expected) => {
    expect(finding({ resources: [{ type, uid: 'x' }] }).resources[0]?.type).toBe(expected)
  })

  test('an ARN wins over an address, a bucket has one, a key and an instance are bare', () => {
    const resources = [
      { type: 'AWS::SQS::Queue', uid: 'https://sqs.example', uid_alt: 'arn:aws:sqs:r:1:q' },
      { type: 'AWS::S3::Bucket', uid: 'b' },
      { type: 'AwsIamAccessKey', uid: 'AWS::IAM::AccessKey:AKIAEXAMPLEEXAMPLE01' },
      { type: 'AWS::EC2::Instance', uid: 'i-1', uid_alt: 'arn:aws:ec2:r:1:instance/i-1' },
      { name: 'only-a-name' },
    ]
    expect(finding({ resources }).resources.map(({ id }) => id)).toEqual([
      'arn:aws:sqs:r:1:q',
      'arn:aws:s3:::b',
      'AKIAEXAMPLEEXAMPLE01',
      'i-1',
      'only-a-name',
    ])
  })
})

describe('who acted', () => {
  const key = '{"AwsIamAccessKey":{"PrincipalId":"AROAX:mole","PrincipalName":"admin","PrincipalType":"AssumedRole"}}'

  test('stands in the data of a key, also as text', () => {
    const cloud = { account: { uid: '111122223333' } }
    expect(finding({ cloud, resources: [{ type: 'AwsIamAccessKey', uid: 'k', data: key }] })).toMatchObject({
      principal: 'admin',
      principals: ['111122223333:session/admin/mole', '111122223333:id/AROAX:mole'],
    })
    expect(finding({ resources: [{ data: { principal_id: 'AIDAX' } }] }).principal).toBe('AIDAX')
    expect(finding({ resources: [{ data: '{' }, { data: 7 }] }).principal).toBeNull()
  })

  test('is an actor of the cloud, not of an operating system', () => {
    const root = { process: { pid: 1 }, user: { name: 'root', uid: '0', type: 'Admin' } }
    const mole = { user: { name: 'mole', uid: 'AIDAX' } }
    expect(finding({ evidences: [{ actor: root }] }).principal).toBeNull()
    expect(finding({ evidences: [{ actor: root }, { actor: mole }] }).principal).toBe('mole')
    expect(finding({ actor: mole }).principal).toBe('mole')
    expect(finding({ actor: { user: { name: 'x' } } }).principal).toBeNull()
  })
})

test('type, family and sample', () => {
  const types = ['Threats', 'Trojan:EC2/DNSDataExfiltration']
  expect(finding({ ...guardDuty, finding_info: { ...INFO, types, title: '[SAMPLE] x' } })).toMatchObject({
    source: 'guardduty',
    type: 'Trojan:EC2/DNSDataExfiltration',
    family: 'Trojan',
    ignoredReason: 'Sample',
  })
  expect(finding({ unmapped: { Sample: 'true' } }).ignoredReason).toBe('Sample')
  expect(finding({ class_name: 'Detection Finding', metadata: { product: { name: 'Sample Decoys' } } })).toMatchObject({
    type: 'Detection Finding',
    family: 'sample-decoys/Detection Finding',
    title: 'Detection Finding',
  })
})

test('indicators of evidences, observables, malware and what Security Lake flattens', () => {
  const hash = 'a'.repeat(64)
  const { indicators } = finding({
    evidences: [
      { src_endpoint: { ip: '10.0.0.1' }, dst_endpoint: { ip: '198.51.100.7', hostname: 'drop.example.net' } },
    ],
    observables: [
      { type_id: 2, value: '203.0.113.9' },
      { type_id: 1, value: 'other.example.net' },
      { type_id: 8, value: hash },
      { type_id: 10, value: '203.0.113.10' },
    ],
    malware: [{ name: 'EICAR' }],
    unmapped: {
      'ProductFields.aws/guardduty/service/action/awsApiCallAction/remoteIpDetails/ipAddressV4': '198.51.100.8',
    },
  })
  expect(indicators).toEqual([
    'ip:198.51.100.7',
    'domain:drop.example.net',
    'ip:198.51.100.8',
    'ip:203.0.113.9',
    'domain:other.example.net',
    `sha256:${hash}`,
    'malware:eicar',
  ])
})

test('objects of other classes are none', () => {
  const call = { class_uid: 6003, category_uid: 6, type_uid: 600_301, severity_id: 1, metadata: {}, cloud: {} }
  expect(parseEvent(call)).toMatchObject([{ ok: false }])
  expect(parseEvent({ class_uid: 2004, finding_info: INFO })).toMatchObject([{ ok: false }])
})

test('a named and dated finding pages whatever else is odd', () => {
  const fields = ['resources', 'resource', 'cloud', 'metadata', 'evidences', 'observables', 'malware', 'actor']
  fc.assert(
    fc.property(fc.constantFrom(...fields, 'compliance', 'count', 'time'), fc.anything(), (field, odd) => {
      expect(parseEvent(imported({ [field]: odd }))).toMatchObject([{ ok: true, finding: { severity: 'HIGH' } }])
    }),
  )
})

describe('what Muster wrote itself, where OCSF is made of ASFF', () => {
  const note = (by: unknown, at: unknown) => ({ unmapped: { 'Note.UpdatedBy': by, 'Note.UpdatedAt': at } })

  test.each([
    ['its note is the last change', note('muster', AT), ['own-update']],
    ['its note came after the last change', note('Muster (prod)', '2027-03-06T02:13:31Z'), ['own-mark']],
    ['its fields are there', { unmapped: { 'UserDefinedFields.musterIncidentId': 'i' } }, ['own-mark']],
    ['the provider changed it after the note', note('muster', '2027-03-06T02:13:29Z'), []],
    ["somebody else's note", note('ana', AT), []],
    ['nothing that can be read', note(7, 'never'), []],
    ['a comment, which says neither who wrote it nor when', { comment: 'Muster' }, []],
  ])('%s', (_, ocsf, traits) => {
    expect(finding(ocsf).traits).toEqual(traits)
    expect(finding({ ...ocsf, status_id: 2 }).traits).toEqual(traits)
    expect(finding({ ...ocsf, status_id: 3 }).traits).toEqual([])
  })
})
