import { describe, expect, it } from 'vitest'
import { clockText, wallText } from '../../../../shared/core/time/wall-text.ts'

describe('an instant as it is read off the wall', () => {
  it.each([
    ['2026-03-28T02:12:00.000Z', 'Europe/Berlin', '03:12, Sat 28 Mar 2026 (Europe/Berlin)'],
    ['2026-03-29T01:00:00.000Z', 'Europe/Berlin', '03:00, Sun 29 Mar 2026 (Europe/Berlin)'],
    ['2026-10-25T01:30:00.000Z', 'Europe/Berlin', '02:30, Sun 25 Oct 2026 (Europe/Berlin)'],
    ['2028-02-29T18:31:00.000Z', 'Asia/Kolkata', '00:01, Wed 1 Mar 2028 (Asia/Kolkata)'],
    ['2026-12-31T23:59:59.999Z', 'UTC', '23:59, Thu 31 Dec 2026 (UTC)'],
  ])('%s in %s', (at, zone, text) => {
    expect(wallText(at, zone)).toBe(text)
    expect(clockText(at, zone)).toBe(text.slice(0, 5))
  })
})
