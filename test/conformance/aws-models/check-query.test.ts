import { describe, expect, it } from 'vitest'
import { checkRequest, readCall } from './check-request.ts'
import { TOPICS, topicsRequest } from './small-models.ts'

function found(members: Record<string, string>): string[] {
  return checkRequest(TOPICS, topicsRequest(members)).map((one) => `${one.member} ${one.rule} ${one.found}`)
}

describe('a form', () => {
  it('has structures, lists and maps in the names of its fields', () => {
    const members = {
      Message: 'Hello',
      Priority: '5',
      At: '2026-11-24T03:12:00Z',
      'Attributes.entry.1.Name': 'a',
      'Attributes.entry.1.Value.Key': 'k',
      'Flat.1.key': 'b',
      'Flat.1.value': 'v',
      'Tags.member.1.Key': 'one',
      'Tags.member.1.Value': '1',
      'Tags.member.2.Key': 'two',
      'PlainText.1': 'x',
      'PlainText.2': 'y',
    }
    expect(found(members)).toEqual([])
    expect(readCall(TOPICS, topicsRequest(members))).toEqual({
      operation: 'Publish',
      input: {
        Message: 'Hello',
        Priority: 5,
        At: '2026-11-24T03:12:00Z',
        Attributes: { a: { Key: 'k' } },
        Flat: { b: 'v' },
        Tags: [{ Key: 'one', Value: '1' }, { Key: 'two' }],
        Plain: ['x', 'y'],
      },
    })
    expect(readCall(TOPICS, topicsRequest({ Message: 'Hello', Tags: '' }))?.input).toEqual({
      Message: 'Hello',
      Tags: [],
    })
  })

  it.each([
    [{ Priority: '6' }, 'Priority range 6'],
    [{ Priority: 'high' }, 'Priority type "high"'],
    [{ At: 'now' }, 'At type "now"'],
    [{ Prio: '1' }, 'Prio unknown-member Prio'],
    [{ 'Tags.1.Key': 'a' }, 'Tags.1.Key unknown-member Tags.1.Key'],
    [{ 'Tags.member.1.Value': 'a' }, 'Tags[0].Key required nothing'],
    [{ 'Tags.member.2.Key': 'a' }, 'Tags.member.2.Key unknown-member Tags.member.2.Key'],
    [{ 'Attributes.entry.1.Name': 'a', 'Attributes.entry.1.Value.Value': 'v' }, 'Attributes["a"].Key required nothing'],
  ])('has a wrong field: %j', (members, expected) => {
    expect(found({ Message: 'Hello', ...(members as unknown as Record<string, string>) })).toEqual([expected])
  })

  it('names no operation of the version', () => {
    expect(found({})).toEqual(['Message required nothing'])
    expect(found({ Action: 'Push' })).toEqual([' operation Push in version 2010-03-31'])
    expect(found({ Version: '2000-01-01' })).toEqual([' operation Publish in version 2000-01-01'])
  })
})
