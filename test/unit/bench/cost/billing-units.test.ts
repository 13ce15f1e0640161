import { describe, expect, it } from 'vitest'
import {
  itemBytes,
  readUnits,
  sqsRequests,
  storedBytes,
  textParts,
  writeUnits,
} from '../../../bench/cost/billing-units.ts'

describe('readUnits', () => {
  it.each([
    [0, 1],
    [1, 1],
    [4096, 1],
    [4097, 2],
    [8192, 2],
    [8193, 3],
  ])('of %d bytes: %d, half of it where an older answer will do', (bytes, units) => {
    expect(readUnits(bytes, 'strong')).toBe(units)
    expect(readUnits(bytes, 'eventual')).toBe(units / 2)
  })
})

describe('writeUnits', () => {
  it.each([
    [0, 0, 1],
    [0, 1, 1],
    [0, 1024, 1],
    [0, 1025, 2],
    [5000, 100, 5],
    [100, 5121, 6],
  ])('from %d to %d bytes: %d, by the larger of both', (before, after, units) => {
    expect(writeUnits(before, after)).toBe(units)
  })
})

describe('itemBytes', () => {
  it('counts names and values, in UTF-8', () => {
    expect(itemBytes({ pk: 'INC#1', sk: 'HEAD' })).toBe(2 + 5 + 2 + 4)
    expect(itemBytes({ pk: 'a', sk: 'ä€' })).toBe(2 + 1 + 2 + 5)
    expect(itemBytes({ pk: 'a', sk: 'b', on: true })).toBe(6 + 2 + 1)
  })

  it.each([
    [7, 2],
    [12, 2],
    [123, 3],
    [-123, 3],
    [1.5, 2],
  ])('counts half a byte a digit, and one: %d has %d', (value, bytes) => {
    expect(itemBytes({ pk: 'a', sk: 'b', n: value }) - itemBytes({ pk: 'a', sk: 'b' })).toBe(1 + bytes)
  })
})

describe('storedBytes', () => {
  const plain = { pk: 'a', sk: 'b' }

  it('adds what every item takes beside', () => {
    expect(storedBytes(plain)).toBe(6 + 100)
  })

  it('adds a row for each index that the item is in: whole, or not at all', () => {
    const due = { ...plain, duePk: 'd', dueAt: 't' }
    expect(storedBytes(due)).toBe(2 * (itemBytes(due) + 100))
    const half = { ...plain, duePk: 'd' }
    expect(storedBytes(half)).toBe(itemBytes(half) + 100)
  })
})

describe('sqsRequests', () => {
  it.each([
    [0, 1],
    [65_536, 1],
    [65_537, 2],
    [262_144, 4],
  ])('of %d bytes: %d', (bytes, requests) => {
    expect(sqsRequests(bytes)).toBe(requests)
  })
})

describe('textParts', () => {
  it.each([
    ['x'.repeat(160), 1],
    ['x'.repeat(161), 2],
    ['x'.repeat(306), 2],
    ['x'.repeat(307), 3],
    [`${'x'.repeat(158)}~`, 1],
    [`${'x'.repeat(159)}~`, 2],
    [`${'x'.repeat(69)}–`, 1],
    [`${'x'.repeat(70)}–`, 2],
    [`${'x'.repeat(133)}–`, 2],
    [`${'x'.repeat(134)}–`, 3],
    ['', 1],
  ])('case %#: of that text %d', (text, parts) => {
    expect(textParts(text)).toBe(parts)
  })
})
