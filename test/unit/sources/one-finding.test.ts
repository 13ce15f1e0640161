import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { isNewer, type KnownVersions, mergeVersions } from '../../../shared/core/findings/version.ts'
import { asffOf, changed, type Import, ocsfOf, ofAnalyzer, ofInspector, ofMacie, ofRule } from './imported-events.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const ACCOUNT = '111122223333'
const WHERE = `eu-central-1:${ACCOUNT}`

const FORMS: readonly [string, (given: Import) => object][] = [
  ['ASFF', asffOf],
  ['OCSF', ocsfOf],
]

/** News and no news, in the order given. */
function newsOf(findings: readonly Finding[]): boolean[] {
  let known: KnownVersions = {}
  return findings.map(({ version, wrapping }) => {
    const isNews = isNewer(version, wrapping, known)
    known = mergeVersions(known, wrapping, version)
    return isNews
  })
}

const compliance = (resourceType: string, resourceId: string) =>
  findingIn(changed('config/access-keys-non-compliant', { resourceType, resourceId }))

describe.each(FORMS)('a rule of Config, and its import as %s', (_, form) => {
  test.each([
    ['AWS::S3::Bucket', 'sample-a', 'arn:aws:s3:::sample-a', { Type: 'AwsS3Bucket' }],
    ['AWS::EC2::Instance', 'i-0a1b', `arn:aws:ec2:${WHERE}:instance/i-0a1b`, { Type: 'AwsEc2Instance' }],
    ['AWS::EC2::SecurityGroup', 'sg-1', `arn:aws:ec2:${WHERE}:security-group/sg-1`, { Type: 'AwsEc2SecurityGroup' }],
    ['AWS::Lambda::Function', 'f', `arn:aws:lambda:${WHERE}:function:f`, { Type: 'AwsLambdaFunction' }],
    ['AWS::SQS::Queue', 'https://sqs.example.com/1/q', `arn:aws:sqs:${WHERE}:q`, { Type: 'AwsSqsQueue' }],
    ['AWS::SNS::Topic', `arn:aws:sns:${WHERE}:t`, `arn:aws:sns:${WHERE}:t`, { Type: 'AwsSnsTopic' }],
    ['AWS::::Account', ACCOUNT, `AWS::::Account:${ACCOUNT}`, { Type: 'Other' }],
    [
      'AWS::IAM::User',
      'AIDAEXAMPLEEXAMPLE01',
      `arn:aws:iam::${ACCOUNT}:user/ana`,
      { Type: 'AwsIamUser', Details: { AwsIamUser: { UserId: 'AIDAEXAMPLEEXAMPLE01' } } },
    ],
  ])('%s: one finding in one group, in both orders', (type, id, arn, resource) => {
    const own = compliance(type, id)
    const imported = findingIn(form(ofRule(arn, resource)))
    expect([imported.source, imported.key, imported.groupKey]).toEqual([own.source, own.key, own.groupKey])
    expect([imported.severity, imported.ignoredReason]).toEqual([own.severity, own.ignoredReason])
    expect(newsOf([own, imported])).toEqual([true, false])
    expect(newsOf([imported, own])).toEqual([true, false])
  })

  test('what the two name otherwise is two findings of one group', () => {
    const own = compliance('AWS::IAM::Role', 'AROAEXAMPLEEXAMPLE01')
    const imported = findingIn(form(ofRule(`arn:aws:iam::${ACCOUNT}:role/reports`, { Type: 'AwsIamRole' })))
    expect(imported.key).not.toBe(own.key)
    expect(imported.groupKey).toBe(own.groupKey)
  })

  test('two resources of one name are two findings', () => {
    const bucket = form(ofRule('arn:aws:s3:::same', { Type: 'AwsS3Bucket' }))
    const table = form(ofRule(`arn:aws:dynamodb:${WHERE}:table/same`, { Type: 'AwsDynamoDbTable' }))
    const own = [compliance('AWS::S3::Bucket', 'same'), compliance('AWS::DynamoDB::Table', 'same')]
    const keys = [bucket, table].map((event) => findingIn(event).key)
    expect(keys).toEqual(own.map(({ key }) => key))
    expect(new Set(keys).size).toBe(2)
  })

  test.each([
    ['COMPLIANT', 'PASSED', 'Passed', 'passed'],
    ['NOT_APPLICABLE', 'NOT_AVAILABLE', 'NotAFinding', 'resolved'],
    ['INSUFFICIENT_DATA', 'NOT_AVAILABLE', 'NotAFinding', 'active'],
  ])('%s pages nobody', (complianceType, Status, ignoredReason, state) => {
    const given = ofRule('arn:aws:s3:::sample-a', { Type: 'AwsS3Bucket' })
    const ProductFields = { ...given.ProductFields, 'aws/config/ConfigComplianceType': complianceType }
    const imported = findingIn(form({ ...given, ProductFields, Compliance: { Status } }))
    expect(imported).toMatchObject({ ignoredReason, version: { state } })
  })
})

describe.each(FORMS)('Access Analyzer, and its import as %s', (_, form) => {
  test('unused access is one finding, of the account that has the role', () => {
    const own = findingIn(sampleEvent('access-analyzer/unused-permission'))
    const imported = findingIn(form(ofAnalyzer()))
    expect([imported.key, imported.groupKey, imported.accountId]).toEqual([own.key, own.groupKey, ACCOUNT])
  })

  test.each(['Effects/Data Exposure', 'Software and Configuration Checks/AWS Security Best Practices'])(
    'all access from outside to one resource is one import, of the group of each: %s',
    (kind) => {
      const own = findingIn(sampleEvent('access-analyzer/public-bucket'))
      const bucket = 'arn:aws:s3:::sample-payments-statements'
      const given = ofAnalyzer({
        Id: `arn:aws:access-analyzer:${WHERE}:analyzer/sample/${bucket}`,
        Types: [`${kind}/External Access Granted`],
        ProductFields: { ResourceOwnerAccount: ACCOUNT },
        Resources: [{ Type: 'AwsS3Bucket', Id: bucket }],
      })
      const imported = findingIn(form(given))
      expect([imported.source, imported.groupKey]).toEqual([own.source, own.groupKey])
      expect(imported.key).toBe(given.Id)
    },
  )

  test('access from inside is of the group of its own event', () => {
    const own = findingIn(sampleEvent('access-analyzer/internal-bucket'))
    const Resources = [{ Type: 'AwsS3Bucket', Id: own.resources[0]?.id ?? '' }]
    const Types = ['Software and Configuration Checks/AWS Security Best Practices/Internal Access Granted']
    expect(
      findingIn(form(ofAnalyzer({ Types, Resources, ProductFields: {}, AwsAccountId: own.accountId }))).groupKey,
    ).toBe(own.groupKey)
  })
})

const LAMBDA = `arn:aws:lambda:${WHERE}:function:payments-export`

describe.each(FORMS)('Inspector, and its import as %s', (_, form) => {
  const CVE = ['Software and Configuration Checks/Vulnerabilities/CVE']
  const REACHABLE = ['Software and Configuration Checks/AWS Security Best Practices/Network Reachability']
  const INSTANCE = { Type: 'AwsEc2Instance', Id: `arn:aws:ec2:${WHERE}:instance/i-0a1b2c3d4e5f60718` }

  test.each([
    ['package-vulnerability', CVE, INSTANCE],
    ['package-vulnerability', CVE, { ...INSTANCE, Id: `arn:aws:ec2:${WHERE}:i-0a1b2c3d4e5f60718` }],
    ['network-reachability', REACHABLE, INSTANCE],
    [
      'code-vulnerability',
      ['Software and Configuration Checks/Vulnerabilities'],
      { Type: 'AwsLambdaFunction', Id: LAMBDA },
    ],
    ['code-vulnerability', CVE, { Type: 'AwsLambdaFunction', Id: `${LAMBDA}:$LATEST` }],
  ])('%s: one finding in one group, as %j of %j', (name, types, resource) => {
    const own = findingIn(sampleEvent(`inspector2/${name}`))
    const imported = findingIn(form(ofInspector(own, types, resource)))
    expect([imported.source, imported.key, imported.groupKey]).toEqual([own.source, own.key, own.groupKey])
  })

  test('a range of ports is a group of its own, whatever it is called', () => {
    const titled = (title: string) => {
      const own = findingIn(changed('inspector2/network-reachability', { title }))
      expect(findingIn(form(ofInspector(own, REACHABLE, INSTANCE))).groupKey).toBe(own.groupKey)
      return own.groupKey
    }
    const titles = ['Ports 8000-8080 are reachable - TCP', 'Port 22 is reachable - TCP', 'Aggregate network exposure']
    expect(new Set(titles.map(titled)).size).toBe(3)
  })

  test('another product keeps its own family for the same title', () => {
    const own = findingIn(sampleEvent('inspector2/package-vulnerability'))
    const other = findingIn(form({ ...ofInspector(own, CVE, INSTANCE), product: 'other' }))
    expect(other.family).toBe(`other/${CVE}`)
  })
})

test("somebody's own product that is called Config is none of AWS's", () => {
  const event = asffOf(ofRule('arn:aws:s3:::sample-a', { Type: 'AwsS3Bucket' }))
  const named = JSON.parse(JSON.stringify(event).replace(':product/aws/config', 'product/111122223333/default'))
  named.detail.findings[0].ProductName = 'Config'
  expect(findingIn(named).key).not.toBe(compliance('AWS::S3::Bucket', 'sample-a').key)
})

test('what an import does not say is left as Security Hub has it', () => {
  const given = ofRule('arn:aws:s3:::sample-a', { Type: 'AwsS3Bucket' })
  const { product, Types, Title } = given
  const bare = findingIn(asffOf({ Id: 'config-1', product, Types, Title, Resources: [] }))
  expect(bare).toMatchObject({ family: Title, accountId: ACCOUNT, ignoredReason: null })
  expect(bare.key).toContain('config-1')
  expect(findingIn(asffOf({ ...ofAnalyzer(), Types: ['Other'], ProductFields: {} }))).toMatchObject({
    family: 'access-analyzer/Other',
    accountId: '444455556666',
  })
})

const BUCKET = { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::sample-payments-statements' }

describe.each(FORMS)('Macie, and its import as %s', (_, form) => {
  test('of a policy: one finding of one group, though the import does not say who acted', () => {
    const own = findingIn(sampleEvent('macie/bucket-public'))
    const type = 'Software and Configuration Checks/AWS Security Best Practices/Policy:IAMUser-S3BucketPublic'
    const imported = findingIn(form(ofMacie(own, type, [BUCKET])))
    expect([imported.principal, own.principal]).toEqual([null, 'payments-admin'])
    expect([imported.source, imported.key, imported.groupKey]).toEqual([own.source, own.key, own.groupKey])
  })

  test('of sensitive data: the bucket stands first', () => {
    const own = findingIn(sampleEvent('macie/personal-data'))
    const [bucket, object] = own.resources.map(({ type: Type, id: Id }) => ({ Type, Id }))
    const type = 'Sensitive Data Identifications/PII/SensitiveData:S3Object-Personal'
    const imported = findingIn(form(ofMacie(own, type, [object ?? {}, bucket ?? {}])))
    expect([imported.key, imported.groupKey]).toEqual([own.key, own.groupKey])
    expect(imported.resources).toEqual(own.resources)
  })
})
