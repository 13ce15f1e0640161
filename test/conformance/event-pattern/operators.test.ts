import { describe, expect, test } from 'vitest'
import { matches } from './matches.ts'
import { SAMPLE_EVENT } from './sample-event.ts'

type Case = readonly [field: string, matching: readonly unknown[], other: readonly unknown[]]

/** Each operator of AWS's table, once on what it matches and once on what it does not. */
const CASES: readonly Case[] = [
  ['state', ['initializing', 'running'], ['initializing', 'Running', 'runnin']],
  ['c-count', [5], ['5', 6]],
  ['x-limit', [3.018e2], [301]],
  ['encrypted', [true], ['true', false, 1]],
  ['eventVersion', [''], [null]],
  ['responseElements', [null], ['', 'null', false]],
  ['service', [{ prefix: 'Event' }], [{ prefix: 'event' }]],
  ['service', [{ prefix: '' }], [{ prefix: 'EventBridges' }]],
  ['c-count', [{ 'anything-but': 'x' }], [{ prefix: '' }, { suffix: '5' }, { wildcard: '*' }]],
  ['service', [{ prefix: { 'equals-ignore-case': 'eventb' } }], [{ prefix: { 'equals-ignore-case': 'bridge' } }]],
  ['FileName', [{ suffix: '.PNG' }], [{ suffix: '.png' }]],
  ['FileName', [{ suffix: { 'equals-ignore-case': '.png' } }], [{ suffix: { 'equals-ignore-case': '.jpg' } }]],
  ['service', [{ 'equals-ignore-case': 'eventBRIDGE' }], [{ 'equals-ignore-case': 'event' }]],
  ['EventBusArn', [{ wildcard: 'arn:aws:events:us-east-1:*:event-bus/*' }], [{ wildcard: 'arn:*:event-bus' }]],
  [
    'FilePath',
    [{ wildcard: '*/dir/*.png' }, 'x'],
    [{ wildcard: '*/dir/.png' }, { wildcard: 'home*' }, { wildcard: '*/dir' }],
  ],
  ['Starred', [{ wildcard: 'a\\*b\\\\c' }], [{ wildcard: 'a\\*c' }]],
  ['EventBusArn', [{ 'anything-but': { wildcard: '*/dir/*' } }], [{ 'anything-but': { wildcard: '*event-bus*' } }]],
  ['state', [{ 'anything-but': 'initializing' }], [{ 'anything-but': 'running' }]],
  ['x-limit', [{ 'anything-but': 123 }], [{ 'anything-but': 301.8 }]],
  ['state', [{ 'anything-but': ['stopped', 'overloaded'] }], [{ 'anything-but': ['stopped', 'running'] }]],
  ['x-limit', [{ 'anything-but': [100, 200, 300] }], [{ 'anything-but': [100, 301.8] }]],
  ['c-count', [{ 'anything-but': '5' }], [{ 'anything-but': 5 }]],
  ['responseElements', [{ 'anything-but': 'null' }], [{ 'equals-ignore-case': 'null' }]],
  ['responseElements', [{ 'anything-but': { prefix: 'n' } }], [{ prefix: 'n' }]],
  ['state', [{ 'anything-but': { prefix: 'init' } }], [{ 'anything-but': { prefix: 'run' } }]],
  ['state', [{ 'anything-but': { prefix: ['init', 'stop'] } }], [{ 'anything-but': { prefix: ['init', 'run'] } }]],
  ['FileName', [{ 'anything-but': { suffix: '.png' } }], [{ 'anything-but': { suffix: ['.txt', '.PNG'] } }]],
  [
    'state',
    [{ 'anything-but': { 'equals-ignore-case': ['INITIALIZING', 'stopped'] } }],
    [{ 'anything-but': { 'equals-ignore-case': 'RUNNING' } }],
  ],
  ['FilePath', [{ 'anything-but': { wildcard: '*/tmp/*' } }], [{ 'anything-but': { wildcard: ['x', '*/lib/*'] } }]],
  ['c-count', [{ numeric: ['>', 0, '<=', 5] }], [{ numeric: ['>', 0, '<', 5] }]],
  ['c-count', [{ numeric: ['>=', 5, '<', 6] }], [{ numeric: ['>', 5, '<', 6] }]],
  ['d-count', [{ numeric: ['<', 10] }], [{ numeric: ['<', 3] }]],
  ['d-count', [{ numeric: ['<=', 3] }], [{ numeric: ['<=', 2.999999] }]],
  ['d-count', [{ numeric: ['>', 2] }], [{ numeric: ['>', 3] }]],
  ['d-count', [{ numeric: ['>=', 3] }], [{ numeric: ['>=', 4] }]],
  ['x-limit', [{ numeric: ['=', 3.018e2] }], [{ numeric: ['=', 301] }]],
  ['source-ip', [{ cidr: '10.0.0.0/24' }], [{ cidr: '10.0.1.0/24' }, { cidr: '::/0' }]],
  ['source-ip', [{ cidr: '10.0.0.32/31' }], [{ cidr: '10.0.0.34/31' }]],
  ['source-ip-6', [{ cidr: '2001:db8::/32' }], [{ cidr: '2001:db9::/32' }, { cidr: '0.0.0.0/0' }]],
  ['state', [{ 'anything-but': '' }], [{ cidr: '0.0.0.0/0' }]],
  ['c-count', [{ exists: true }], [{ exists: false }]],
  ['responseElements', [{ exists: true }], [{ exists: false }]],
  ['gone', [{ exists: false }], [{ exists: true }, { 'anything-but': 'x' }, null, '', { prefix: '' }]],
  ['gone', ['x', { exists: false }], ['x']],
  ['trigger', [{ exists: false }], [{ exists: true }, { 'anything-but': 'x' }]],
  ['tags', [{ exists: false }], [{ exists: true }, null]],
]

test.each(CASES)('%s is matched by %j, and not by %j', (field, matching, other) => {
  expect(matches({ detail: { [field]: matching } }, SAMPLE_EVENT)).toBe(true)
  expect(matches({ detail: { [field]: other } }, SAMPLE_EVENT)).toBe(false)
})

test('a wildcard reaches past the end of a line', () => {
  expect(matches({ text: [{ wildcard: 'a*d' }] }, { text: 'ab\ncd' })).toBe(true)
})

describe('numbers', () => {
  const over = (bound: number, value: unknown) => matches({ value: [{ numeric: ['>=', bound] }] }, { value })
  test('beyond five billion, or with more than six decimals, are no numbers to "numeric"', () => {
    expect([over(5e9, 5e9), over(-5e9, 5e9 + 1), over(-5e9, -5e9), over(0, 0.123456), over(0, 0.1234567)]).toEqual([
      true,
      false,
      true,
      true,
      false,
    ])
  })
  test('are no strings', () => expect(over(0, '1')).toBe(false))
  test('of any size can be named', () => {
    expect(matches({ account: [111_122_223_333] }, { account: 111_122_223_333 })).toBe(true)
    expect(matches({ account: [{ 'anything-but': 1 }] }, { account: 111_122_223_333 })).toBe(true)
  })
})
