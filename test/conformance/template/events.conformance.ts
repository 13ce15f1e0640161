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
import { OTHER_EVENTS } from './other-events.ts'
import { packagedTemplate } from './packaged-template.ts'
import { streamFilterFaults } from './stream-filter.ts'

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
  expect(OTHER_EVENTS.filter(({ event }) => isFindingsEvent(event))).toEqual([])
})

test('each source of findings has a rule of its own', () => {
  expect(rulesFor(template, sampleEvent('guardduty/leaked-access-key'))).toEqual(['muster-prod-findings-guardduty'])
  expect(rulesFor(template, sampleEvent('securityhub/leaked-access-key'))).toEqual(['muster-prod-findings-securityhub'])
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
