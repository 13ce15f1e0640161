import { expect, test } from 'vitest'
import { allSampleNames, sampleEvent } from '../../unit/sources/sample-events.ts'
import {
  intakeFaults,
  isFindingsEvent,
  mailEventFaults,
  patternFaults,
  routingFaults,
  rulesFor,
} from './event-routing.ts'
import { packagedTemplate } from './packaged-template.ts'
import { streamFilterFaults } from './stream-filter.ts'
import { watchedCallFaults } from './watched-calls.ts'

const template = packagedTemplate()

test('AWS would take every pattern', () => {
  expect(patternFaults(template)).toEqual([])
})

test('findings go to one rule for findings, broken ones too, and nothing else does', () => {
  expect(routingFaults(template)).toEqual([])
})

test('among the samples are findings that can be read, broken ones, and what never comes over EventBridge', () => {
  const findings = allSampleNames().filter((name) => isFindingsEvent(sampleEvent(name)))
  expect(findings.filter((name) => !name.includes('/broken-')).length).toBeGreaterThan(10)
  expect(findings.filter((name) => name.includes('/broken-')).length).toBeGreaterThan(5)
  expect(findings.length).toBeLessThan(allSampleNames().length)
})

test('each source of findings has a rule of its own', () => {
  expect(rulesFor(template, sampleEvent('guardduty/leaked-access-key'))).toEqual(['muster-prod-findings-guardduty'])
  expect(rulesFor(template, sampleEvent('securityhub/leaked-access-key'))).toEqual(['muster-prod-findings-securityhub'])
})

test.each([
  ['cloudwatch/root-sign-ins-alarm', 'cloudwatch'],
  ['config/access-keys-non-compliant', 'config'],
  ['health/exposed-credentials', 'health'],
  ['trusted-advisor/exposed-access-key', 'trustedadvisor'],
  ['security-ir/case-created', 'cases'],
  ['muster/public-bucket', 'tooling'],
  ['muster/own-source', 'tooling'],
])('%s comes by the rule for %s', (name, rule) => {
  expect(rulesFor(template, sampleEvent(name))).toEqual([`muster-prod-findings-${rule}`])
})

test('the calls that are watched are those that rules let through, one rule each', () => {
  expect(watchedCallFaults(template)).toEqual([])
})

test.each([
  [{ userIdentity: { type: 'Root' }, responseElements: { ConsoleLogin: 'Success' } }, 1],
  [{ userIdentity: { type: 'Root' }, responseElements: { ConsoleLogin: 'Failure' } }, 1],
  [{ userIdentity: { type: 'IAMUser' }, responseElements: { ConsoleLogin: 'Failure' } }, 1],
  [{ userIdentity: { type: 'IAMUser' }, additionalEventData: { MFAUsed: 'No' } }, 1],
  [{ userIdentity: { type: 'IAMUser' }, additionalEventData: { MFAUsed: 'Yes' } }, 0],
  [{ userIdentity: { type: 'AssumedRole' }, additionalEventData: { MFAUsed: 'No' } }, 0],
])('a sign-in with %j comes by %i rules', (detail, count) => {
  const event = { source: 'aws.signin', 'detail-type': 'AWS Console Sign In via CloudTrail', detail }
  expect(rulesFor(template, event)).toHaveLength(count)
})

test('only the rules for findings lead to the findings queue', () => {
  expect(intakeFaults(template)).toEqual([])
})

test("what became of Muster's mails goes to one rule, of others' to none", () => {
  expect(mailEventFaults(template)).toEqual([])
})

test("of the incidents' stream only new commits wake the function behind it", () => {
  expect(streamFilterFaults(template)).toEqual([])
})
