import type { DynamoDBStreamEvent } from 'aws-lambda'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { behindOf, firstFailures } from '../../../../functions/dispatch-commits/stream-records.ts'

/** Records of these keys, numbered in their order from 98 on, so that the numbers grow a digit. */
function stream(...keys: readonly [pk: string, sk: string][]): DynamoDBStreamEvent {
  return {
    Records: keys.map(([pk, sk], index) => ({
      eventName: 'INSERT',
      dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, SequenceNumber: String(98 + index) },
    })),
  }
}

describe('behindOf', () => {
  it('gathers the commits of an incident, and knows where the stream would go on', () => {
    const event = stream(['INC#a', 'C#000001'], ['INC#b', 'C#000007'], ['INC#a', 'C#000002'])
    expect(behindOf(event)).toEqual([
      { incidentId: 'a', sequences: [1, 2], firstRecord: '98' },
      { incidentId: 'b', sequences: [7], firstRecord: '99' },
    ])
  })

  it('passes over what is no commit', () => {
    expect(behindOf(stream(['INC#a', 'HEAD'], ['FX#a.1.1', 'FX'], ['DIR', 'NOW'], ['INC#a', 'C#1']))).toEqual([])
    expect(behindOf({ Records: [{ eventName: 'INSERT' }] })).toEqual([])
  })
})

describe('firstFailures', () => {
  it('is empty when nothing failed', () => {
    expect(firstFailures([])).toEqual([])
  })

  it('is the earliest record, as numbers go', () => {
    const numbers = fc.array(fc.bigInt({ min: 1n, max: 10n ** 30n }), { minLength: 1 })
    fc.assert(
      fc.property(numbers, (given) => {
        const failed = given.map((number) => ({ incidentId: 'a', sequences: [1], firstRecord: String(number) }))
        const [first] = firstFailures(failed)
        expect(given.every((number) => BigInt(first?.itemIdentifier ?? -1) <= number)).toBe(true)
        expect(given.map(String)).toContain(first?.itemIdentifier)
      }),
    )
  })
})
