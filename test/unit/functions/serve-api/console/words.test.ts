import { describe, expect, it } from 'vitest'
import { channelWord, listed, REASON_WORDS } from '../../../../../functions/serve-api/console/words.ts'
import { REASONS } from '../../../../../shared/core/incident/reasons.ts'

describe('words', () => {
  it('has words of its own for every reason', () => {
    const words = REASONS.map((reason) => REASON_WORDS[reason])
    expect(new Set(words).size).toBe(REASONS.length)
    for (const word of words) expect(word).toMatch(/^[a-z][a-z -]{6,}$/)
  })

  it('calls known channels by name and leaves others as they are', () => {
    expect(['email', 'sms', 'voice', 'pager'].map(channelWord)).toEqual(['e-mail', 'SMS', 'phone call', 'pager'])
  })

  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('lists %j', (words, text) => {
    expect(listed(words)).toBe(text)
  })
})
