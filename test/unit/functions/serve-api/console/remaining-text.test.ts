import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { remainingText } from '../../../../../functions/serve-api/console/remaining-text.ts'

const HOUR = 3_600_000

describe('remainingText', () => {
  it.each([
    [108_000, '1:48'],
    [1000, '0:01'],
    [999, '0:00'],
    [59 * 60_000 + 59_999, '59:59'],
    [HOUR, '1:00:00'],
    [72 * HOUR - 1, '71:59:59'],
    [100 * HOUR - 1, '99:59:59'],
    [100 * HOUR, '4 d 04:00:00'],
    [123 * HOUR + 62_000, '5 d 03:01:02'],
  ])('%i ms are %s', (ms, text) => {
    expect(remainingText(ms, 'now')).toBe(text)
  })

  it('says now at the instant and after it, or for how long it is over', () => {
    expect([0, -1, -HOUR].map((ms) => remainingText(ms, 'now'))).toEqual(['now', 'now', 'now'])
    expect([0, -1000, -HOUR - 5000].map((ms) => remainingText(ms, 'over'))).toEqual([
      '0:00 over',
      '0:01 over',
      '1:00:05 over',
    ])
  })

  it('never promises more time than there is, nor a second less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * 24 * HOUR }), (ms) => {
        const [, days = '0', clock = ''] = /^(?:(\d+) d )?(.*)$/.exec(remainingText(ms, 'now')) ?? []
        const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400
        expect(seconds).toBe(Math.floor(ms / 1000))
      }),
    )
  })
})
