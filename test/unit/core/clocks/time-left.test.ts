import { describe, expect, it } from 'vitest'
import { timeLeft } from '../../../../shared/core/clocks/time-left.ts'
import { plusSeconds } from '../../../../shared/core/time/instant.ts'

const NOW = '2027-03-02T10:00:00.000Z'

describe('timeLeft', () => {
  it.each([
    [71 * 3600 + 12 * 60 + 59, 'in 71 h 12 min'],
    [72 * 3600, 'in 72 h'],
    [240, 'in 4 min'],
    [60, 'in 1 min'],
    [59, 'now'],
    [0, 'now'],
    [-59, 'now'],
    [-60, '1 min ago'],
    [-(2 * 3600 + 5 * 60), '2 h 5 min ago'],
  ])('%d s: %s', (seconds, text) => {
    expect(timeLeft(NOW, plusSeconds(NOW, seconds))).toBe(text)
  })
})
