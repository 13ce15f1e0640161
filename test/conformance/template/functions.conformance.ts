import { expect, test } from 'vitest'
import { alarmActionFaults, functionAlarmFaults, ownAlarmFaults } from './alarms.ts'
import { ownRoleFaults, settingFaults } from './function-settings.ts'
import { literalNames } from './literal-names.ts'
import { packagedTemplate } from './packaged-template.ts'
import { type Check, resourcesOf } from './template.ts'
import { HIDDEN_FOR_LESS, leaseFaults, visibilityFaults } from './visibility.ts'

const template = packagedTemplate()

test.each<[string, Check]>([
  ['functions have one runtime and one kind of processor, and write traces', settingFaults],
  ['each function has a role of its own', ownRoleFaults],
  ['messages are hidden for longer than a function runs', visibilityFaults],
  ['claims outlive their sender, and end before the message comes again', leaseFaults],
  ['alarms go to the topic for them', alarmActionFaults],
  ['each function has an alarm for errors and one for throttles', functionAlarmFaults],
  ['what Muster says of itself is watched, as it is written', ownAlarmFaults],
])('%s', (_what, check) => {
  expect(check(template)).toEqual([])
})

test('there is something of each kind to look at', () => {
  const types = ['Lambda::Function', 'Lambda::EventSourceMapping', 'CloudWatch::Alarm']
  expect(types.filter((type) => resourcesOf(template, `AWS::${type}`).length === 0)).toEqual([])
  expect(literalNames('shared/ports/alarms.ts', 'AlarmName')).toContain('SeatExhausted')
  expect(literalNames('shared/ports/gauges.ts', 'CountName')).toEqual(['Ticks'])
})

test('queues that are excepted are there', () => {
  const queues = resourcesOf(template, 'AWS::SQS::Queue').map(({ id }) => id)
  expect(Object.keys(HIDDEN_FOR_LESS).filter((id) => !queues.includes(id))).toEqual([])
})
