import { WATCHED_API_CALLS } from '../../../shared/sources/watched-api-calls.ts'
import { partOf } from '../iam-policy/template-values.ts'
import { isObject } from '../json-object.ts'
import { rulesFor } from './event-routing.ts'
import { type Check, faultIf, listOf, resourcesOf } from './template.ts'

const CALL = 'AWS API Call via CloudTrail'
const CALLERS = ['IAMUser', 'AssumedRole', 'Root', undefined]

const nameOf = (eventSource: string, eventName: string) => `${eventSource} ${eventName}`
const WATCHED = new Set(WATCHED_API_CALLS.map(({ eventSource, eventName }) => nameOf(eventSource, eventName)))

/** Every call that is watched comes by exactly one rule, whoever makes it; the rules name no other call. */
export const watchedCallFaults: Check = (template) => {
  const missing = [...WATCHED].flatMap((call) =>
    CALLERS.flatMap((type) => {
      const rules = rulesFor(template, eventOf(call, type))
      return faultIf(rules.length !== 1, `${call} by ${type}: ${rules.length} rules`)
    }),
  )
  const named = resourcesOf(template, 'AWS::Events::Rule').flatMap(({ property }) =>
    listOf(property('EventPattern', 'detail', '$or')).flatMap(callsIn),
  )
  return [...missing, ...named.filter((call) => !WATCHED.has(call)).map((call) => `${call}: nobody watches it`)]
}

function eventOf(call: string, type: string | undefined): Record<string, unknown> {
  const [eventSource = '', eventName] = call.split(' ')
  const userIdentity = type === undefined ? {} : { type }
  const detail = { eventSource, eventName, userIdentity }
  return { source: `aws.${eventSource.split('.')[0]}`, 'detail-type': CALL, detail }
}

function callsIn(branch: unknown): string[] {
  if (!isObject(branch)) return []
  const [sources, names] = ['eventSource', 'eventName'].map((key) => listOf(partOf(branch, [key])).map(String))
  return (sources ?? []).flatMap((source) => (names ?? []).map((name) => nameOf(source, name)))
}
