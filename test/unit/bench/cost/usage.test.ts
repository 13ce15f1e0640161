import { describe, expect, it } from 'vitest'
import { amount, dollars, table } from '../../../bench/cost/markdown.ts'
import { beyond, costOf, sumOf, times } from '../../../bench/cost/usage.ts'
import { LIST_PRICES } from '../../../bench/list-prices.ts'

describe('usage', () => {
  it('adds up, multiplies and takes off, name by name', () => {
    expect(sumOf({ mails: 1, alarms: 2 }, { mails: 3 })).toEqual({ mails: 4, alarms: 2 })
    expect(times(3, { mails: 2 })).toEqual({ mails: 6 })
    expect(beyond({ mails: 5, alarms: 2 }, { alarms: 2 })).toEqual({ mails: 5 })
  })

  it('costs its amounts at their prices', () => {
    expect(costOf({ mails: 2000, kmsKeys: 4, sqsRequests: 500_000 }, LIST_PRICES)).toBeCloseTo(0.2 + 4 + 0.2, 10)
    expect(costOf({}, LIST_PRICES)).toBe(0)
  })
})

describe('the page', () => {
  it.each([
    [0, '$0.00'],
    [0.004, '< $0.01'],
    [0.005, '$0.01'],
    [1234.5, '$1,234.50'],
  ])('writes %d dollars as %s', (usd, text) => {
    expect(dollars(usd)).toBe(text)
  })

  it.each([
    [0, '–'],
    [0.04212, '0.0421'],
    [3_942_000, '3,940,000'],
  ])('writes the amount %d as %s', (value, text) => {
    expect(amount(value)).toBe(text)
  })

  it('sets numbers to the right', () => {
    expect(table(['what', 'much', 'sure?'], [['a', '1', 'check']], ['sure?'])).toBe(
      '| what | much | sure? |\n| --- | ---: | --- |\n| a | 1 | check |',
    )
  })
})
