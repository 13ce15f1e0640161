import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { allSampleNames, sampleEvent } from '../../unit/sources/sample-events.ts'
import { matches, validatePattern } from '../event-pattern/matches.ts'
import { isObject } from '../json-object.ts'
import { OTHER_EVENTS } from './other-events.ts'
import { resolvedProperties } from './resolve-stack.ts'
import { type Check, faultIf, resourcesOf, type Template } from './template.ts'
import { deliveries } from './wiring.ts'

const FINDINGS = /^muster-[a-z]+-findings-[a-z]+$/
const MAIL_EVENTS = 'muster-prod-mail-events'

/** An event as EventBridge would deliver it, of a kind that Muster reads findings from, whether or not they can be read. */
export function isFindingsEvent(event: unknown): boolean {
  if (!isObject(event) || typeof event.source !== 'string' || typeof event['detail-type'] !== 'string') return false
  return parseEvent(event).every((item) => item.ok || item.error.path !== 'detail-type')
}

/** The names of the rules that pass an event on. */
export function rulesFor(template: Template, event: unknown): readonly string[] {
  return patternsOf(template).flatMap(({ name, pattern }) => (matches(pattern, event) ? [name] : []))
}

function patternsOf(template: Template): readonly { readonly name: string; readonly pattern: unknown }[] {
  const rules = resourcesOf(template, 'AWS::Events::Rule').map(({ id }) => resolvedProperties(template, id))
  return rules.flatMap(({ Name, EventPattern: pattern }) =>
    pattern === undefined ? [] : [{ name: String(Name), pattern }],
  )
}

/** Every pattern, and those by which the stream of the table is filtered, is one that AWS would take. */
export const patternFaults: Check = (template) => {
  const rules = resourcesOf(template, 'AWS::Events::Rule')
  return [
    ...patternsOf(template).flatMap(({ name, pattern }) => validatePattern(pattern).map((what) => `${name}: ${what}`)),
    ...rules.flatMap(({ id, property }) =>
      faultIf(!property('EventPattern') && !property('ScheduleExpression'), `${id}: waits for nothing`),
    ),
  ]
}

/** Findings go to exactly one of the rules for them, those that cannot be read too; nothing else does. */
export const routingFaults: Check = (template) => {
  const samples = allSampleNames().map((name) => ({ name, event: sampleEvent(name) }))
  return [...samples, ...OTHER_EVENTS].flatMap(({ name, event }) => {
    const rules = rulesFor(template, event).filter((rule) => rule !== MAIL_EVENTS)
    const wanted = isFindingsEvent(event) ? 1 : 0
    const isRight = rules.length === wanted && rules.every((rule) => FINDINGS.test(rule))
    return faultIf(!isRight, `${name}: ${rules.length} rules instead of ${wanted}: ${rules}`)
  })
}

/** What became of Muster's mails goes to one rule, what became of others' to none. */
export const mailEventFaults: Check = (template) => {
  const event = (configurationSet: string) => ({
    source: 'aws.ses',
    'detail-type': 'Email Bounced',
    detail: { eventType: 'Bounce', mail: { tags: { 'ses:configuration-set': [configurationSet] } } },
  })
  const [own, others] = [rulesFor(template, event('muster-prod')), rulesFor(template, event('newsletter'))]
  return [
    ...faultIf(own.join() !== MAIL_EVENTS, `a bounce of a mail of Muster's: goes to [${own}]`),
    ...faultIf(others.length > 0, `a bounce of somebody else's mail: goes to [${others}]`),
  ]
}

/** The rules for findings put them into the findings queue, and nobody else does. */
export const intakeFaults: Check = (template) =>
  deliveries(template).flatMap(({ from, to }) => {
    const isForFindings = FINDINGS.test(String(from.property('Name')))
    return faultIf(isForFindings !== (to === 'FindingsQueue'), `${from.id}: hands on to ${to}`)
  })
