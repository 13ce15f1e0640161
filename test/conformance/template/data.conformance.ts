import { expect, test } from 'vitest'
import { deadLetterAlarmFaults, partialBatchFaults, redriveFaults, undeliveredFaults } from './dead-letters.ts'
import { keyUpkeepFaults, logFaults, messageEncryptionFaults, tableEncryptionFaults } from './encryption.ts'
import { bucketFaults, retentionFaults, streamFaults, tableFaults } from './kept-data.ts'
import { packagedTemplate } from './packaged-template.ts'
import type { Check } from './template.ts'
import { resourcesOf } from './template.ts'

const template = packagedTemplate()

test.each<[string, Check]>([
  ['queues and topics are encrypted with a key of the stack', messageEncryptionFaults],
  ['tables are encrypted with a key of the stack', tableEncryptionFaults],
  ['log groups are encrypted with a key of the stack, and forget', logFaults],
  ['keys of data are renewed, and stay', keyUpkeepFaults],
  ['tables can be taken back, and cannot be deleted', tableFaults],
  ['only the incidents have a stream', streamFaults],
  ['nothing in a bucket can be made public', bucketFaults],
  ['messages are kept for as long as can be', retentionFaults],
  ['every queue has dead letters, or keeps them', redriveFaults],
  ['nothing that cannot be handed on is dropped', undeliveredFaults],
  ['of a batch only what failed comes again', partialBatchFaults],
  ['an alarm watches each queue of dead letters', deadLetterAlarmFaults],
])('%s', (_what, check) => {
  expect(check(template)).toEqual([])
})

test('there is something of each kind to look at', () => {
  const types = ['SQS::Queue', 'SNS::Topic', 'DynamoDB::Table', 'Logs::LogGroup', 'KMS::Key', 'S3::Bucket']
  expect(types.filter((type) => resourcesOf(template, `AWS::${type}`).length === 0)).toEqual([])
})
