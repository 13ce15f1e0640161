import { expect, test } from 'vitest'
import { validatePattern } from './matches.ts'

test.each([
  [null, 'a pattern is an object'],
  [[], 'a pattern is an object'],
  [{}, 'the pattern: an object names at least one field'],
  [{ detail: {} }, 'detail: an object names at least one field'],
  [{ detail: { state: [] } }, 'detail.state: names at least one alternative'],
  [{ detail: { state: 'running' } }, 'detail.state: a list of alternatives or an object belongs here'],
  [{ detail: { state: null } }, 'detail.state: a list of alternatives or an object belongs here'],
  [{ state: ['a', ['b']] }, 'state[1]: a string, a number, true, false, null or an operator belongs here'],
  [{ state: [{}] }, 'state[0]: an operator has exactly one name'],
  [{ state: [{ prefix: 'a', suffix: 'b' }] }, 'state[0]: an operator has exactly one name'],
  [{ state: [{ starts: 'a' }] }, 'state[0]: there is no operator "starts"'],
  [{ state: [{ prefix: 1 }] }, 'state[0]: "prefix" takes a string, or "equals-ignore-case" with one'],
  [{ state: [{ prefix: ['a'] }] }, 'state[0]: "prefix" takes a string, or "equals-ignore-case" with one'],
  [{ state: [{ suffix: { wildcard: '*' } }] }, 'state[0]: "suffix" takes a string, or "equals-ignore-case" with one'],
  [{ state: [{ 'equals-ignore-case': ['a'] }] }, 'state[0]: "equals-ignore-case" takes a string'],
  [{ state: [{ 'equals-ignore-case': { prefix: 'a' } }] }, 'state[0]: "equals-ignore-case" takes a string'],
  [{ state: [{ wildcard: 1 }] }, 'state[0]: "wildcard" takes a string'],
  [{ state: [{ wildcard: 'a**b' }] }, 'state[0]: "wildcard" takes no two "*" in a row'],
  [{ state: [{ wildcard: 'a\\b' }] }, 'state[0]: "wildcard" takes a backslash only before "*" or a backslash'],
  [{ state: [{ wildcard: 'a\\' }] }, 'state[0]: "wildcard" takes a backslash only before "*" or a backslash'],
  [{ state: [{ exists: 'true' }] }, 'state[0]: "exists" takes true or false'],
  [{ ip: [{ cidr: '10.0.0.0' }] }, 'ip[0]: "cidr" takes an address with a prefix below its width'],
  [{ ip: [{ cidr: '10.0.0.0/32' }] }, 'ip[0]: "cidr" takes an address with a prefix below its width'],
  [{ ip: [{ cidr: '::/128' }] }, 'ip[0]: "cidr" takes an address with a prefix below its width'],
  [{ ip: [{ cidr: '10.0.0.256/8' }] }, 'ip[0]: "cidr" takes an address with a prefix below its width'],
  [{ ip: [{ cidr: 'bad-/64filter' }] }, 'ip[0]: "cidr" takes an address with a prefix below its width'],
  [{ n: [{ numeric: 5 }] }, 'n[0]: "numeric" takes a list'],
  [{ n: [{ numeric: [] }] }, 'n[0]: "numeric" takes one of = < <= > >= before a number'],
  [{ n: [{ numeric: ['!=', 5] }] }, 'n[0]: "numeric" takes one of = < <= > >= before a number'],
  [{ n: [{ numeric: ['=', '5'] }] }, 'n[0]: "numeric" takes a number from -5000000000 to 5000000000 with at most 6'],
  [{ n: [{ numeric: ['=', 5e9 + 1] }] }, 'n[0]: "numeric" takes a number from -5000000000 to 5000000000'],
  [{ n: [{ numeric: ['=', 0.0000001] }] }, 'n[0]: "numeric" takes a number from -5000000000 to 5000000000'],
  [{ n: [{ numeric: ['=', 5, '<', 6] }] }, 'n[0]: "numeric" takes nothing after "=" and its number'],
  [{ n: [{ numeric: ['<', 6, '>', 5] }] }, 'n[0]: "numeric" takes nothing after "<" and its number'],
  [{ n: [{ numeric: ['>', 0, '>', 0] }] }, 'n[0]: "numeric" takes "<" or "<=" for the upper end of a range'],
  [{ n: [{ numeric: ['>', 0, '<'] }] }, 'n[0]: "numeric" takes a number from'],
  [{ n: [{ numeric: ['>', 0, '<', 5, '<', 6] }] }, 'n[0]: "numeric" takes two comparisons at most'],
  [{ n: [{ numeric: ['>=', 5, '<=', 5] }] }, 'n[0]: "numeric" takes a range whose lower end is below its upper end'],
  [{ a: [{ 'anything-but': null }] }, 'a[0]: "anything-but" takes strings, or numbers'],
  [{ a: [{ 'anything-but': [] }] }, 'a[0]: "anything-but" takes strings, or numbers'],
  [{ a: [{ 'anything-but': ['a', 1] }] }, 'a[0]: "anything-but" takes strings, or numbers'],
  [{ a: [{ 'anything-but': [true] }] }, 'a[0]: "anything-but" takes strings, or numbers'],
  [{ a: [{ 'anything-but': {} }] }, 'a[0]: "anything-but" takes one operator of prefix, suffix'],
  [{ a: [{ 'anything-but': { numeric: ['=', 1] } }] }, 'a[0]: "anything-but" takes one operator of prefix, suffix'],
  [{ a: [{ 'anything-but': { prefix: '' } }] }, 'a[0]: "anything-but" takes "prefix" with a string or a list of them'],
  [{ a: [{ 'anything-but': { suffix: [1] } }] }, 'a[0]: "anything-but" takes "suffix" with a string or a list of them'],
  [{ a: [{ 'anything-but': { wildcard: [] } }] }, 'a[0]: "anything-but" takes "wildcard" with a string or a list'],
  [{ a: [{ 'anything-but': { wildcard: '**' } }] }, 'a[0]: "wildcard" takes no two "*" in a row'],
  [{ a: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'a' } } }] }, 'a[0]: "anything-but" takes "prefix" with'],
  [{ $or: { a: [1], b: [1] } }, '$or: takes a list of at least two objects'],
  [{ detail: { $or: [{ a: [1] }] } }, 'detail.$or: takes a list of at least two objects'],
  [{ $or: [{ a: [1] }, 'b'] }, '$or: takes a list of at least two objects'],
  [{ $or: [{ a: [1] }, {}] }, '$or[1]: an object names at least one field'],
  [{ $or: [{ a: [1] }, { b: { c: [[]] } }] }, '$or[1].b.c[0]: a string'],
  [{ $or: [{ a: [1] }, { numeric: [1] }] }, '$or[1].numeric: no field inside $or can have the name of an operator'],
  [{ a: [1], $or: [{ a: [2] }, { b: [1] }] }, 'a: stands in the pattern twice'],
  [{ 'a.b': [1], a: { b: [2] } }, 'a.b: stands in the pattern twice'],
  [{ a: ['x'.repeat(2_048)] }, '2058 characters, at most 2048'],
])('%j is refused: %s', (pattern, error) => {
  expect(validatePattern(pattern)).toEqual([expect.stringContaining(error)])
})

test('everything that is wrong is said at once', () => {
  expect(validatePattern({ source: 'aws.ec2', detail: { state: [{ prefix: 1 }, []], n: [] } })).toHaveLength(4)
})

test('at most 1,000 combinations of $or', () => {
  const either = (size: number) => Array.from({ length: size }, (_, index) => ({ [`f${index}`]: [1] }))
  const pattern = (size: number) => ({ a: { $or: either(10) }, b: { $or: either(10) }, c: { $or: either(size) } })
  expect(validatePattern(pattern(10))).toEqual([])
  expect(validatePattern(pattern(11))).toEqual(['1100 combinations of $or, at most 1000'])
})

test.each([
  [{ a: [{ prefix: '' }, { 'anything-but': { wildcard: '' } }, { wildcard: '' }] }],
  [{ $or: [{ a: [1] }, { a: [2] }] }],
  [{ numeric: [1], prefix: { exists: [2] } }],
  [{ a: [123_456_789_012, 0.123_456_789] }],
])('%j is a pattern', (pattern) => {
  expect(validatePattern(pattern)).toEqual([])
})
