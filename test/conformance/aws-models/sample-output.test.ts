import { expect, test } from 'vitest'
import { sampleOutput } from './sample-output.ts'
import { LETTERS, QUEUES } from './small-models.ts'

test('an answer holds what is required, and identifiers', () => {
  const output = (model: typeof QUEUES, name: string) => {
    const operation = model.operations[name]
    return operation && sampleOutput(model, operation, (member) => `${member}-1`)
  }
  expect(output(QUEUES, 'Send')).toEqual({
    MessageId: 'MessageId-1',
    Accepted: 1,
    Failed: [],
    By: { label: 'Label-1' },
  })
  expect(output(QUEUES, 'Ping')).toEqual({})
  expect(output(LETTERS, 'SendLetter')).toEqual({ letterId: 'LetterId-1' })
})
