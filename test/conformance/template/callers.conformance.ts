import { expect, test } from 'vitest'
import { authorizerFaults, doorFaults, routeFaults } from './api-routes.ts'
import { deliveryKeyFaults, keyAccountFaults, logKeyFaults, outsiderFaults, plainTransportFaults } from './callers.ts'
import { outsiders } from './outsiders.ts'
import { packagedTemplate } from './packaged-template.ts'
import { resourcePolicies } from './resource-policies.ts'
import { permissionFaults, strangerFaults } from './strangers.ts'
import { type Check, resourcesOf } from './template.ts'

const template = packagedTemplate()

test.each<[string, Check]>([
  ['services that are to put something may, and nothing else', outsiderFaults],
  ['nobody does anything with a queue in plain text', plainTransportFaults],
  ['keys serve those services, and only for that', deliveryKeyFaults],
  ['a key serves the log groups that it encrypts', logKeyFaults],
  ['the account decides who else uses a key', keyAccountFaults],
  ['nobody else is let in, from wherever', strangerFaults],
  ['functions are called by what the stack names', permissionFaults],
  ['every route but the pages behind links asks for a token or a signature', routeFaults],
  ['tokens are of the issuer that was given', authorizerFaults],
  ['the API is the only door', doorFaults],
])('%s', (_what, check) => {
  expect(check(template)).toEqual([])
})

test('all the services are found, and all the policies', () => {
  const found = new Set(outsiders(template).map(({ service, to }) => `${service.split('.')[0]} ${to.id}`))
  expect([...found].toSorted()).toEqual([
    'cloudwatch AlarmTopic',
    'events FindingsQueue',
    'events RepliesQueue',
    'events UndeliveredEvents',
    'sms-voice TextMessagesTopic',
    'sns RepliesQueue',
    'sns UndeliveredEvents',
  ])
  const types = ['SQS::QueuePolicy', 'SNS::TopicPolicy', 'S3::BucketPolicy', 'KMS::Key'].map((type) => `AWS::${type}`)
  expect(resourcePolicies(template).length).toBe(resourcesOf(template, ...types).length)
})
