import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { allSampleNames, judgedByDefault, sampleEvent } from '../../unit/sources/sample-events.ts'
import { matches, validatePattern } from '../event-pattern/matches.ts'
import { isObject } from '../json-object.ts'
import { OTHER_EVENTS } from './other-events.ts'
import { resolvedProperties } from './resolve-stack.ts'
import { type Check, faultIf, resourcesOf, type Template } from './template.ts'
import { deliveries } from './wiring.ts'

const FINDINGS = /^muster-[a-z]+-findings-[a-z]+$/
const MAIL_EVENTS = 'muster-prod-mail-events'
/** Each of their events is a finding of its own. */
const ONCE: readonly string[] = ['cloudtrail', 'guardduty-malware']

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

/** Of one pattern (EventBridge User Guide, "Quotas"). */
const MOST_PATTERN_CHARS = 2048

/** Every pattern, and those by which the stream of the table is filtered, is one that AWS would take. */
export const patternFaults: Check = (template) => {
  const rules = resourcesOf(template, 'AWS::Events::Rule')
  return [
    ...patternsOf(template).flatMap(({ name, pattern }) => validatePattern(pattern).map((what) => `${name}: ${what}`)),
    ...patternsOf(template).flatMap(({ name, pattern }) =>
      faultIf(JSON.stringify(pattern).length > MOST_PATTERN_CHARS, `${name}: a pattern too long for EventBridge`),
    ),
    ...rules.flatMap(({ id, property }) =>
      faultIf(!property('EventPattern') && !property('ScheduleExpression'), `${id}: waits for nothing`),
    ),
  ]
}

/** Findings go to exactly one of the rules for them, those that cannot be read too; nothing else does. */
export const routingFaults: Check = (template) => {
  const samples = allSampleNames().map((name) => {
    const event = sampleEvent(name)
    return { name, event, wanted: isFindingsEvent(event) ? 1 : 0, isNews: tellsOfFinding(event) }
  })
  const others = OTHER_EVENTS.map((other) => ({ ...other, wanted: 0, isNews: true }))
  return [...samples, ...others].flatMap(({ name, event, wanted, isNews }) => {
    const rules = rulesFor(template, event).filter((rule) => rule !== MAIL_EVENTS)
    const isRight = rules.length === wanted || (!isNews && rules.length === 0)
    const fault = `${name}: ${rules.length} rules instead of ${wanted}: ${rules}`
    return faultIf(!isRight || !rules.every((rule) => FINDINGS.test(rule)), fault)
  })
}

/** Rules for these ask for what stands in the record, which a broken one may lack. */
function isNarrow(event: unknown): boolean {
  return isObject(event) && String(event['detail-type']).endsWith(' via CloudTrail')
}

/**
 * What is known to be no finding needs no rule; nor does what pages nobody and is never told of again: an object without a
 * threat, an ordinary sign-in.
 */
function tellsOfFinding(event: unknown): boolean {
  return parseEvent(event).some((item) => {
    if (!item.ok) return !isNarrow(event)
    const { wrapping, ignoredReason } = judgedByDefault(item.finding)
    const isPassing = ignoredReason !== null && ONCE.includes(wrapping)
    return ignoredReason !== 'NotAFinding' && !isPassing
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
