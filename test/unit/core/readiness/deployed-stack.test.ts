import { expect, test } from 'vitest'
import { deployedChannels, physicalIdOf, queueNameOf } from '../../../../shared/core/readiness/deployed-stack.ts'

const resource = (logicalId: string) => ({ logicalId, physicalId: `the-${logicalId}`, type: 'AWS::Lambda::Function' })

test('a resource by its name in the template', () => {
  const resources = [resource('A'), resource('B')]
  expect([physicalIdOf(resources, 'B'), physicalIdOf(resources, 'C')]).toEqual(['the-B', null])
})

test('a channel is deployed where its sender is, whatever queues there are', () => {
  expect(deployedChannels([resource('EmailQueue'), resource('SendSmsLambdaFunction')])).toEqual(['sms'])
  expect(deployedChannels([resource('SendSmsLambdaFunction'), resource('SendEmailLambdaFunction')])).toEqual([
    'email',
    'sms',
  ])
})

test('a queue by its address, a function by its name', () => {
  expect(queueNameOf('https://sqs.eu-central-1.amazonaws.com/111122223333/muster-prod-findings')).toBe(
    'muster-prod-findings',
  )
  expect(queueNameOf('muster-prod-tick')).toBe('muster-prod-tick')
})
