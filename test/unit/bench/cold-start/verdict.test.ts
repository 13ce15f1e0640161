import { describe, expect, it } from 'vitest'
import { breaches, type Measured, median, ratiosOf, tableOf } from '../../../bench/cold-start/verdict.ts'

const GOOD: Measured = {
  name: 'wakeIncidents',
  bytes: 1000 * 1024,
  mostBytes: 1000 * 1024,
  totalMs: [200, 190, 900],
  importMs: [60, 70, 80],
  cpuMs: [150, 160, 170],
  bundledMs: [80, 79, 81],
  installedMs: [100, 110, 90],
}

describe('median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[], Number.POSITIVE_INFINITY],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected)
  })

  it('leaves the order of what it was given', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })
})

describe('breaches', () => {
  it('says nothing at the limits: one slow run does not count', () => {
    expect(ratiosOf(GOOD)).toEqual({ installed: 2, bundled: 2.5 })
    expect(breaches([GOOD])).toEqual([])
  })

  it('names a function that is slower than twice the client as npm installs it', () => {
    expect(breaches([GOOD, { ...GOOD, totalMs: [201] }])).toEqual([
      'wakeIncidents: 2.01 times the installed client, at most 2',
    ])
  })

  it('names a function that has grown beside the bundled client, however slow the installed one is', () => {
    expect(breaches([{ ...GOOD, totalMs: [240], installedMs: [500] }])).toEqual([])
    expect(breaches([{ ...GOOD, totalMs: [241], installedMs: [500] }])).toEqual([
      'wakeIncidents: 3.01 times the bundled client, at most 3',
    ])
  })

  it('names a bundle that has grown', () => {
    expect(breaches([{ ...GOOD, bytes: 1010 * 1024 }])).toEqual(['wakeIncidents: 1010 KB at start, at most 1000'])
  })

  it('takes nothing measured for too slow, not for fast', () => {
    expect(breaches([{ ...GOOD, totalMs: [] }])).toHaveLength(2)
  })
})

describe('tableOf', () => {
  it('has a line a function: medians, spread and both ratios', () => {
    const [head, row] = tableOf([GOOD]).split('\n')
    expect(head?.split(/ {2,}/)).toHaveLength(9)
    expect(row?.split(/ {2,}/).map((cell) => cell.trim())).toEqual([
      'wakeIncidents',
      '1000',
      '70',
      '200 (190–900)',
      '160',
      '100 (90–110)',
      '2.00',
      '80 (79–81)',
      '2.50',
    ])
  })
})
