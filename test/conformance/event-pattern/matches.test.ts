import { describe, expect, test } from 'vitest'
import { matches } from './matches.ts'
import { SAMPLE_EVENT } from './sample-event.ts'

test('every field of a pattern must match, in the nesting of the event', () => {
  const source = ['aws.ec2']
  expect(matches({ source, detail: { state: ['running'], trigger: { risk: [8] } } }, SAMPLE_EVENT)).toBe(true)
  expect(matches({ source, detail: { state: ['running'], trigger: { risk: [9] } } }, SAMPLE_EVENT)).toBe(false)
  expect(matches({ source, state: ['running'] }, SAMPLE_EVENT)).toBe(false)
  expect(matches({ source: { name: source } }, SAMPLE_EVENT)).toBe(false)
})

test("AWS's example of several operators", () => {
  const detail = {
    state: [{ 'anything-but': 'initializing' }],
    'c-count': [{ numeric: ['>', 0, '<=', 5] }],
    'd-count': [{ numeric: ['<', 10] }],
    'x-limit': [{ 'anything-but': [100, 200, 300] }],
    'source-ip': [{ cidr: '10.0.0.0/8' }],
  }
  const time = [{ prefix: '2017-10-02' }]
  expect(matches({ time, detail }, SAMPLE_EVENT)).toBe(true)
  expect(matches({ time, detail: { ...detail, 'd-count': [{ numeric: ['<', 3] }] } }, SAMPLE_EVENT)).toBe(false)
})

test('dots in names are as good as nesting', () => {
  expect(matches({ detail: { 'trigger.risk': [8] } }, SAMPLE_EVENT)).toBe(true)
  expect(matches({ detail: { trigger: { risk: [8] } } }, { 'detail.trigger.risk': 8 })).toBe(true)
})

test('what is no pattern, or no event, is not compared', () => {
  expect(() => matches({ source: 'aws.ec2' }, SAMPLE_EVENT)).toThrow('source: a list of alternatives or an object')
  expect(() => matches({ source: ['aws.ec2'] }, [SAMPLE_EVENT])).toThrow('an event is an object')
})

describe('lists in the event', () => {
  test('of values match by any of them', () => {
    expect(matches({ resources: ['x', SAMPLE_EVENT.resources[1]] }, SAMPLE_EVENT)).toBe(true)
    expect(matches({ resources: [{ prefix: 'arn:aws:ec2' }] }, SAMPLE_EVENT)).toBe(true)
    expect(matches({ resources: [{ 'anything-but': { prefix: 'arn:aws:ec2' } }] }, SAMPLE_EVENT)).toBe(true)
    expect(matches({ resources: ['x'] }, SAMPLE_EVENT)).toBe(false)
    expect(matches({ resources: [{ 'anything-but': { prefix: 'arn:' } }] }, SAMPLE_EVENT)).toBe(false)
  })

  const people = [
    { first: 'John', last: 'Doe' },
    { first: 'Anna', last: 'Smith' },
    { first: 'Peter', last: 'Jones', left: true },
  ]
  const finds = (employees: unknown, event: unknown = { employees: people }) => matches({ employees }, event)

  test('of objects match by fields of the same object', () => {
    expect(finds({ first: ['Anna'] })).toBe(true)
    expect(finds({ first: ['Anna'], last: ['Smith'] })).toBe(true)
    expect(finds({ first: ['Anna'], last: ['Jones'] })).toBe(false)
  })

  test('match so at every depth', () => {
    const event = { employees: [people.slice(0, 2), people.slice(2)], site: { id: 1 } }
    expect(finds({ first: ['Peter'], last: ['Jones'] }, event)).toBe(true)
    expect(finds({ first: ['Peter'], last: ['Smith'] }, event)).toBe(false)
    const nested = {
      employees: [
        { id: 1, keys: [{ age: 1, on: false }] },
        {
          id: 2,
          keys: [
            { age: 1, on: true },
            { age: 2, on: false },
          ],
        },
      ],
    }
    expect(finds({ id: [2], keys: { age: [1], on: [true] } }, nested)).toBe(true)
    expect(finds({ id: [1], keys: { age: [1], on: [true] } }, nested)).toBe(false)
    expect(finds({ id: [2], keys: { age: [2], on: [true] } }, nested)).toBe(false)
  })

  test('of different names do not bind each other', () => {
    const event = { a: [{ x: 1 }, { x: 2 }], b: [{ x: 1 }, { x: 2 }] }
    expect(matches({ a: { x: [1] }, b: { x: [2] } }, event)).toBe(true)
  })

  test('bind fields of objects only, and all the way', () => {
    expect(matches({ x: ['a'], 'x.y': [1] }, { x: ['a', { y: 1 }] })).toBe(true)
    const event = {
      a: [
        { x: 1, z: 1 },
        { x: 2, z: 2 },
      ],
      'a.y': 5,
    }
    expect(matches({ a: { x: [1], y: [5], z: [1] } }, event)).toBe(true)
    expect(matches({ a: { x: [1], y: [5], z: [2] } }, event)).toBe(false)
  })

  test('a field is absent where the element in question lacks it', () => {
    expect(finds({ first: ['Anna'], left: [{ exists: false }] })).toBe(true)
    expect(finds({ left: [{ exists: false }], first: ['Anna'] })).toBe(true)
    expect(finds({ first: ['Peter'], left: [{ exists: false }] })).toBe(false)
    // AWS goes through the names in order: here it looks at "first" when no element is chosen yet.
    expect(finds({ first: [{ exists: false }], left: [true] })).toBe(false)
  })
})

describe('$or', () => {
  const pattern = {
    detail: {
      $or: [
        { 'c-count': [{ numeric: ['>', 0, '<=', 5] }] },
        { 'd-count': [{ numeric: ['<', 10] }] },
        { 'x-limit': [{ numeric: ['=', 3.018e2] }] },
      ],
    },
  }
  const among = (detail: unknown) => matches(pattern, { detail })

  test('holds where one of its objects does', () => {
    expect([among({ 'c-count': 0, 'd-count': 0 }), among({ 'x-limit': 301.8 })]).toEqual([true, true])
    expect([among({ 'c-count': 0, 'd-count': 10, 'x-limit': 1 }), among({})]).toEqual([false, false])
  })

  test('stands beside other fields, in itself, and more than once', () => {
    const either = [{ a: [1] }, { b: [1], $or: [{ c: [1] }, { d: [1] }] }]
    const all = { source: ['s'], $or: either, detail: { $or: [{ e: [1] }, { f: [1] }] } }
    const passes = (event: object) => matches(all, { source: 's', detail: { f: 1 }, ...event })
    expect([passes({ a: 1 }), passes({ b: 1, d: 1 })]).toEqual([true, true])
    expect([passes({ b: 1 }), passes({ c: 1 }), passes({ a: 1, source: 't' }), passes({ a: 1, detail: {} })]).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  test('is held to one element of a list too', () => {
    const event = {
      keys: [
        { id: 1, age: 1 },
        { id: 2, on: true },
      ],
    }
    const either = { $or: [{ age: [1] }, { on: [true] }] }
    expect(matches({ keys: { id: [2], ...either } }, event)).toBe(true)
    expect(matches({ keys: { id: [2], $or: [{ age: [1] }, { on: [false] }] } }, event)).toBe(false)
  })
})
