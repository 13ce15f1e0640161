import { beforeEach, describe, expect, test } from 'vitest'
import { readDirectory } from '../../../shared/app/read-directory.ts'
import { receiveEvents } from '../../../shared/app/receive-events.ts'
import { PERSON } from '../../../shared/app/run-command.ts'
import { proofDirectory } from '../../proof/proof-organisation.ts'
import { InMemoryMuster } from '../app/in-memory-muster.ts'
import { asffOf, changed, ofAnalyzer, ofInspector, ofMacie, ofRule } from './imported-events.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

let muster: InMemoryMuster
beforeEach(async () => {
  muster = await InMemoryMuster.start()
  const read = readDirectory(JSON.stringify({ ...proofDirectory(), findings: { severities: [EVERYTHING_PAGES] } }))
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  await muster.use(read.directory)
})

const EVERYTHING_PAGES = { id: 'everything-pages', filter: {}, severity: 'HIGH', use: 'raise' }

const receive = (...events: unknown[]) =>
  receiveEvents(muster.deps, events, { now: muster.now, patience: PERSON, tellsSeverity: true })

const ROLE = { resourceType: 'AWS::IAM::Role', resourceId: 'AROAEXAMPLEEXAMPLE01' }
const BUCKET = { resourceType: 'AWS::S3::Bucket', resourceId: 'sample-a' }
const POLICY = 'Software and Configuration Checks/AWS Security Best Practices/Policy:IAMUser-S3BucketPublic'
const CVE = 'Software and Configuration Checks/Vulnerabilities/CVE'
const madePublic = sampleEvent('macie/bucket-public')
const vulnerable = sampleEvent('inspector2/package-vulnerability')
const INSTANCE = 'arn:aws:ec2:eu-central-1:111122223333:instance/i-0a1b2c3d4e5f60718'
const STATEMENTS = { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::sample-payments-statements' }
const ANALYZED = {
  Id: `arn:aws:access-analyzer:eu-central-1:111122223333:analyzer/sample/${STATEMENTS.Id}`,
  Types: ['Effects/Data Exposure/External Access Granted'],
  ProductFields: { ResourceOwnerAccount: '111122223333' },
  Severity: { Label: 'HIGH' },
  Resources: [STATEMENTS],
}

describe.each([
  [
    'a rule of Config',
    changed('config/access-keys-non-compliant', BUCKET),
    ofRule('arn:aws:s3:::sample-a', { Type: 'AwsS3Bucket' }),
    1,
  ],
  [
    'a rule of Config about what the two name otherwise',
    changed('config/access-keys-non-compliant', ROLE),
    ofRule('arn:aws:iam::111122223333:role/reports', { Type: 'AwsIamRole' }),
    2,
  ],
  ['Macie', madePublic, ofMacie(findingIn(madePublic), POLICY, [STATEMENTS]), 1],
  ['Inspector', vulnerable, ofInspector(findingIn(vulnerable), [CVE], { Type: 'AwsEc2Instance', Id: INSTANCE }), 1],
  ['Access Analyzer', sampleEvent('access-analyzer/public-bucket'), ofAnalyzer(ANALYZED), 2],
])('%s, and its import', (_, own, imported, findings) => {
  const asff = asffOf(imported)

  test.each([
    ['its own first', [own, asff]],
    ['the import first', [asff, own]],
  ])('%s: one incident', async (__, events) => {
    const results = await receive(...events)
    expect(results.map(({ outcome }) => outcome)).toEqual(['opened', findings === 1 ? 'duplicate' : 'joined'])
    expect(new Set(results.map(({ incidentId }) => incidentId)).size).toBe(1)
  })

  test('one incident where two workers take them in at the same time', async () => {
    const results = await Promise.all([receive(own), receive(asff)])
    const incidents = results.flat().map(({ incidentId }) => incidentId)
    expect(incidents).not.toContain(null)
    expect(new Set(incidents).size).toBe(1)
  })
})

test('what a rule of Security Hub says calls nobody, and its control does', async () => {
  const rule = changed('config/access-keys-non-compliant', { configRuleName: 'securityhub-iam-user-baa2cf8c' })
  const control = asffOf({
    ...ofRule('arn:aws:iam::111122223333:user/ana', { Type: 'AwsIamUser' }),
    Id: 'arn:aws:securityhub:eu-central-1:111122223333:security-control/IAM.3/finding/sample',
    product: 'securityhub',
    Compliance: { Status: 'FAILED', SecurityControlId: 'IAM.3' },
  })
  expect(await receive(rule, control)).toMatchObject([
    { outcome: 'ignored', reason: 'CoveredElsewhere', incidentId: null },
    { outcome: 'opened' },
  ])
})
