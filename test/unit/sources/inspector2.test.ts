import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { INSPECTOR2 } from '../../../shared/sources/inspector2.ts'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { NO_ENVELOPE } from '../../../shared/sources/parsed.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const ARN = 'arn:aws:inspector2:eu-central-1:111122223333:finding/0f0e0d0c0b0a09080706050403020100'
const MINIMAL = { findingArn: ARN, type: 'PACKAGE_VULNERABILITY', severity: 'HIGH', updatedAt: '2027-03-06T02:13:30Z' }

function finding(detail: Record<string, unknown>, envelope: Record<string, unknown> = {}): Finding {
  return findingIn({ 'detail-type': 'Inspector2 Finding', ...envelope, detail: { ...MINIMAL, ...detail } })
}

test('a vulnerable package, whole', () => {
  expect(findingIn(sampleEvent('inspector2/package-vulnerability'))).toEqual({
    key: ARN,
    findingId: ARN,
    wrapping: 'inspector2',
    source: 'inspector',
    type: 'PACKAGE_VULNERABILITY',
    family: 'PACKAGE_VULNERABILITY/CVE-2027-10001',
    severity: 'CRITICAL',
    nativeSeverity: 'CRITICAL',
    title: 'CVE-2027-10001 - sample-lib',
    accountId: '111122223333',
    region: 'eu-central-1',
    partition: 'aws',
    resources: [{ type: 'AwsEc2Instance', id: 'i-0a1b2c3d4e5f60718' }],
    principal: null,
    principals: [],
    firstSeenAt: '2027-03-06T02:00:44.356Z',
    lastSeenAt: '2027-03-06T02:10:44.476Z',
    version: { updatedAt: '2027-03-06T02:10:44.476Z', state: 'active' },
    count: null,
    traits: ['exploit-available', 'fix-available'],
    tags: { team: 'payments' },
    indicators: [],
    signals: [],
    groupKey: '["111122223333","i-0a1b2c3d4e5f60718","PACKAGE_VULNERABILITY/CVE-2027-10001"]',
    heldBy: null,
    ignoredReason: null,
  } satisfies Finding)
})

test('closed and suppressed: the same key, a later version', () => {
  const first = findingIn(sampleEvent('inspector2/package-vulnerability'))
  const later = ['closed', 'suppressed'].map((one) => findingIn(sampleEvent(`inspector2/package-vulnerability-${one}`)))
  for (const one of later) {
    expect(one.key).toBe(first.key)
    expect(one.version.updatedAt > first.version.updatedAt).toBe(true)
  }
  expect(later.map(({ version, ignoredReason }) => [version.state, ignoredReason])).toEqual([
    ['resolved', 'Resolved'],
    ['suppressed', 'Suppressed'],
  ])
})

test.each([
  ['image-vulnerability', 'HIGH', 'PACKAGE_VULNERABILITY/CVE-2027-10001', 'AwsEcrContainerImage', ['fix-available']],
  ['network-reachability', 'MEDIUM', 'NETWORK_REACHABILITY/TCP 22', 'AwsEc2Instance', ['network-reachable']],
  [
    'code-vulnerability',
    'HIGH',
    'CODE_VULNERABILITY/CWE-94 - Unsanitized input is run as code',
    'AwsLambdaFunction',
    ['exploit-available', 'fix-available'],
  ],
  [
    'untriaged',
    'INFORMATIONAL',
    'PACKAGE_VULNERABILITY/CVE-2027-10001',
    'AwsEc2Instance',
    ['untriaged', 'fix-available'],
  ],
  [
    'untriaged-exploitable',
    'HIGH',
    'PACKAGE_VULNERABILITY/CVE-2027-10001',
    'AwsEc2Instance',
    ['untriaged-exploitable', 'untriaged', 'exploit-available', 'fix-available'],
  ],
])('%s is %s of %s', (name, severity, family, type, traits) => {
  const read = findingIn(sampleEvent(`inspector2/${name}`))
  expect(read).toMatchObject({ severity, family, traits })
  expect(read.resources[0]?.type).toBe(type)
})

test('what nobody has scored pages once it is scored', () => {
  const before = findingIn(sampleEvent('inspector2/untriaged'))
  expect([before.nativeSeverity, before.ignoredReason]).toEqual(['UNTRIAGED', 'Informational'])
  expect(finding({ severity: 'critical' })).toMatchObject({ severity: 'CRITICAL', ignoredReason: null })
})

test('ListFindings reads the same, without an envelope', () => {
  const keys = parseEvent(sampleEvent('inspector2/list-findings')).map((item) => item.ok && item.finding.key)
  expect(keys).toEqual(
    ['package-vulnerability', 'untriaged'].map((name) => findingIn(sampleEvent(`inspector2/${name}`)).key),
  )
})

test.each([
  [{ networkReachabilityDetails: { protocol: 'UDP', openPortRange: { begin: 53, end: 99 } } }, 'UDP 53-99'],
  [{ networkReachabilityDetails: { openPortRange: { begin: 53 } } }, '53'],
  [{ networkReachabilityDetails: { protocol: 'UDP' } }, 'UDP'],
  [{ codeVulnerabilityDetails: { ruleId: 'r1' } }, 'r1'],
])('%j is known by %s', (detail, what) => {
  expect(finding(detail).family).toBe(`PACKAGE_VULNERABILITY/${what}`)
})

test('what is left out comes from the ARN, the resource, else the envelope', () => {
  expect(finding({})).toMatchObject({
    accountId: '111122223333',
    region: 'eu-central-1',
    title: 'PACKAGE_VULNERABILITY',
  })
  const govern = { findingArn: ARN.replace('arn:aws:', 'arn:aws-us-gov:').replace('eu-central-1', 'us-gov-west-1') }
  expect(finding(govern)).toMatchObject({ partition: 'aws-us-gov', region: 'us-gov-west-1' })
  const bare = { findingArn: 'f1', resources: [{ region: 'cn-north-1', id: 'i-1' }] }
  expect(finding(bare, { account: '444455556666' })).toMatchObject({
    key: 'inspector:cn-north-1:444455556666:f1',
    partition: 'aws-cn',
    resources: [{ type: 'Other', id: 'i-1' }],
  })
})

test.each([
  ['inspector2/broken-unknown-severity', 'detail.severity', ARN],
  ['inspector2/broken-without-arn', 'detail.findingArn', null],
])('%s is refused', (name, path, findingId) => {
  expect(parseEvent(sampleEvent(name))).toMatchObject([{ ok: false, error: { path }, findingId }])
})

test('without any readable instant there is no version', () => {
  const [item] = parseEvent({ 'detail-type': 'Inspector2 Finding', detail: { ...MINIMAL, updatedAt: 'soon' } })
  expect(item).toMatchObject({ ok: false, error: { path: 'detail.updatedAt' }, findingId: ARN })
})

test('arbitrary values never throw', () => {
  const odd = fc.record({ resources: fc.anything(), networkReachabilityDetails: fc.anything(), status: fc.anything() })
  fc.assert(fc.property(odd, (parts) => INSPECTOR2.parse({ ...MINIMAL, ...parts }, NO_ENVELOPE).ok))
})
