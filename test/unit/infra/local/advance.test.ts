import { describe, expect, it } from 'vitest'
import { readAdvance } from '../../../../infra/local/advance.ts'

describe('readAdvance', () => {
  it.each([
    ['PT0S', 0],
    ['PT5M', 300_000],
    ['PT5M2S', 302_000],
    ['PT0.5S', 500],
    ['P1D', 86_400_000],
    ['P1W', 604_800_000],
    ['PT36H', 129_600_000],
    ['P400D', 34_560_000_000],
  ])('%s is %d ms', (text, ms) => {
    expect(readAdvance(text)).toBe(ms)
  })

  it.each([['P401D'], ['-PT1S'], ['P1M'], ['P1Y'], ['5 minutes'], [''], [300], [null], [undefined]])(
    'refuses %s',
    (text) => {
      expect(readAdvance(text)).toBeNull()
    },
  )
})
