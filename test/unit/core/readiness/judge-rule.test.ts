import { expect, test } from 'vitest'
import { judgeRule, type RuleLooks } from '../../../../shared/core/readiness/judge-rule.ts'
import { ADD, AGAIN, DENIED, line, SILENT, seen } from './looks.ts'

const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:muster-prod-findings'
const FINE: RuleLooks = {
  logicalId: 'GuardDutyRule',
  name: 'muster-prod-findings-guardduty',
  enabled: seen(true),
  targets: seen([QUEUE]),
  target: { logicalId: 'FindingsQueue', name: 'muster-prod-findings' },
}
const ENABLED = 'ok rule GuardDutyRule: enabled'
const DELIVERS = 'ok rule GuardDutyRule: delivers to FindingsQueue'
const ASTRAY = 'fail rule GuardDutyRule: does not deliver to FindingsQueue — deploy the stack again'

test.each<[string, Partial<RuleLooks>, string[]]>([
  ['as it should be', {}, [ENABLED, DELIVERS]],
  ['one target of several', { targets: seen([`${QUEUE}-2`, QUEUE]) }, [ENABLED, DELIVERS]],
  [
    'disabled',
    { enabled: seen(false) },
    ['fail rule GuardDutyRule: disabled — aws events enable-rule --name muster-prod-findings-guardduty', DELIVERS],
  ],
  [
    'gone',
    { enabled: seen(null), targets: seen([]) },
    ['fail rule GuardDutyRule: does not exist — deploy the stack again', ASTRAY],
  ],
  ['without a target', { targets: seen([]) }, [ENABLED, ASTRAY]],
  ['with a target of a longer name only', { targets: seen([`${QUEUE}-2`]) }, [ENABLED, ASTRAY]],
  ['whose target is not in the stack', { target: { logicalId: 'FindingsQueue', name: null } }, [ENABLED, ASTRAY]],
  [
    'not to be looked at',
    { enabled: DENIED, targets: SILENT },
    [`warn rule GuardDutyRule — ${ADD}`, `fail rule GuardDutyRule, its target — ${AGAIN}`],
  ],
])('a rule %s', (_name, change, expected) => {
  expect(judgeRule({ ...FINE, ...change }).map(line)).toEqual(expected)
})
