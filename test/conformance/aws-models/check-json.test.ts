import { describe, expect, it } from 'vitest'
import { checkRequest, readCall } from './check-request.ts'
import { awsRequest, QUEUES, queuesRequest } from './small-models.ts'

/** The violations of a call to `Send` with these members besides the required one, as `member rule found expected`. */
function found(members: object): string[] {
  return checkRequest(QUEUES, queuesRequest({ Queue: 'pages', ...members })).map(
    (one) => `${one.member} ${one.rule} ${one.found}: ${one.expected}`,
  )
}

describe('a request in AWS JSON', () => {
  it('is fine with every member as the model has it', () => {
    const members = {
      Text: '',
      Delay: 900,
      Size: -1e15,
      Ratio: 0.5,
      Urgent: false,
      Bytes: 'AAAAAA==',
      SentAt: 1_790_000_000.25,
      WrittenAt: '2026-11-24T03:12:00Z',
      Kind: 'page',
      Tags: { team: 'security' },
      Marks: [{ label: 'one' }],
      Value: { N: 1 },
      Anything: [{ deep: null }],
    }
    expect(found(members)).toEqual([])
    expect(found({ Ratio: 'NaN', Text: null, Marks: [{ label: 'one', other: null }] })).toEqual([])
    expect(readCall(QUEUES, queuesRequest({ Queue: 'pages', Text: null }))).toEqual({
      operation: 'Send',
      input: { Queue: 'pages' },
    })
  })

  it.each([
    [{ Queu: 1 }, /^Queu unknown-member Queu: Queue, Text, Delay/],
    [{ Text: 5 }, 'Text type 5: a string'],
    [{ Queue: '' }, ['Queue length 0 characters: at least 1, at most 8', 'Queue pattern "": [a-z\\_]+']],
    [{ Queue: 'abcdefghi' }, 'Queue length 9 characters: at least 1, at most 8'],
    [{ Queue: 'A' }, 'Queue pattern "A": [a-z\\_]+'],
    [{ Delay: 0 }, 'Delay range 0: at least 1, at most 900'],
    [{ Delay: 901 }, 'Delay range 901: at least 1, at most 900'],
    [{ Delay: '5' }, 'Delay type "5": a number'],
    [{ Delay: 1.5 }, 'Delay type 1.5: a whole number of 32 bits'],
    [{ Delay: 2 ** 31 }, 'Delay type 2147483648: a whole number of 32 bits'],
    [{ Size: 2 ** 63 }, 'Size type 9223372036854776000: a whole number of 64 bits'],
    [{ Size: 'NaN' }, 'Size type "NaN": a number'],
    [{ Ratio: '0.5' }, 'Ratio type "0.5": a number'],
    [{ Urgent: 'true' }, 'Urgent type "true": true or false'],
    [{ Bytes: '?' }, 'Bytes type "?": base64'],
    [{ Bytes: 'AAAAAAA=' }, 'Bytes length 5 bytes: at most 4'],
    [{ SentAt: '2026-11-24T03:12:00Z' }, 'SentAt type "2026-11-24T03:12:00Z": a number of seconds since 1970'],
    [{ WrittenAt: 1_790_000_000 }, 'WrittenAt type 1790000000: an instant as iso8601'],
    [{ WrittenAt: '2026-11-24' }, 'WrittenAt type "2026-11-24": an instant as iso8601'],
    [{ Kind: 'call' }, 'Kind enum "call": one of page, notice'],
    [{ Tags: ['a'] }, 'Tags type ["a"]: an object'],
    [{ Tags: { a: '', b: '', c: '' } }, 'Tags length 3 entries: at most 2'],
    [{ Tags: { A: '' } }, 'Tags["A"] pattern "A": [a-z\\_]+'],
    [{ Tags: { a: 1 } }, 'Tags["a"] type 1: a string'],
    [{ Marks: {} }, 'Marks type {}: a list'],
    [{ Marks: [] }, 'Marks length 0 elements: at least 1, at most 3'],
    [{ Marks: [{ label: 'one' }, null] }, 'Marks[1] type null: an object'],
    [{ Marks: [{ label: 'one' }, {}] }, 'Marks[1].Label required nothing: a value'],
    [
      { Marks: [{ Label: 'one' }] },
      ['Marks[0].Label unknown-member Label: Label', 'Marks[0].Label required nothing: a value'],
    ],
    [{ Value: {} }, 'Value union nothing: exactly one of S, N'],
    [{ Value: { S: 'a', N: 1 } }, 'Value union S, N: exactly one of S, N'],
    [{ Odd: 'a' }, 'Odd unreadable-pattern [a&&[b]]: a pattern that can be read here'],
  ])('%j is not', (members, expected) => {
    if (expected instanceof RegExp) expect(found(members).join()).toMatch(expected)
    else expect(found(members)).toEqual([expected].flat())
  })

  it('lacks what is required', () => {
    const [missing, ...more] = checkRequest(QUEUES, queuesRequest({}))
    expect(more).toEqual([])
    expect(missing).toEqual({
      operation: 'queues.Send',
      member: 'Queue',
      rule: 'required',
      found: 'nothing',
      expected: 'a value',
    })
  })

  it.each([
    ['', 'nothing', 'JSON'],
    ['{"Queue":', '{"Queue":', 'JSON'],
    ['[1]', '[1]', 'a JSON object'],
    ['null', 'null', 'a JSON object'],
  ])('has a broken body: %j', (body, text, expected) => {
    const request = queuesRequest(body)
    expect(checkRequest(QUEUES, request)).toEqual([
      { operation: 'queues.Send', member: '', rule: 'body', found: text, expected },
    ])
    expect(readCall(QUEUES, request)).toEqual({ operation: 'Send', input: null })
  })

  it('has members where the operation takes none', () => {
    expect(checkRequest(QUEUES, queuesRequest({}, 'Ping'))).toEqual([])
    expect(checkRequest(QUEUES, queuesRequest({ To: 1 }, 'Ping'))).toMatchObject([
      { operation: 'queues.Ping', member: 'To', rule: 'unknown-member', expected: 'no member' },
    ])
  })

  it('shows only the beginning of what is long', () => {
    expect(found({ Kind: 'x'.repeat(500) }).join()).toHaveLength('Kind enum …: one of page, notice'.length + 80)
  })
})

describe('a request that reaches no operation', () => {
  it.each([
    [{ 'x-amz-target': 'SmallQueues.Sent' }, 'operation', 'POST with the target SmallQueues.Sent'],
    [{ 'x-amz-target': 'Queues.Send' }, 'operation', 'POST with the target Queues.Send'],
    [{}, 'protocol', 'rest-json'],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 'protocol', 'query'],
    [{ 'smithy-protocol': 'rpc-v2-cbor' }, 'protocol', 'a protocol that is not read here'],
  ] as const)('%j', (headers, rule, text) => {
    const request = awsRequest({ headers: { ...headers }, body: '{}' })
    expect(checkRequest(QUEUES, request)).toMatchObject([{ operation: 'queues', member: '', rule, found: text }])
    expect(readCall(QUEUES, request)).toBeNull()
  })

  it('is sent with another method', () => {
    const request = { ...queuesRequest({ Queue: 'pages' }), method: 'PUT' }
    expect(checkRequest(QUEUES, request)).toMatchObject([{ rule: 'operation' }])
  })
})

it('a request names the version of AWS JSON', () => {
  const request = queuesRequest({ Queue: 'pages' })
  const other = { ...request.headers, 'content-type': 'application/x-amz-json-1.1' }
  expect(checkRequest(QUEUES, { ...request, headers: other })).toEqual([
    {
      operation: 'queues.Send',
      member: 'content-type',
      rule: 'header',
      found: 'application/x-amz-json-1.1',
      expected: 'application/x-amz-json-1.0',
    },
  ])
})
