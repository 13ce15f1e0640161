import { describe, expect, it, test } from 'vitest'
import { effectIdOf, incidentOfEffect } from '../../../../shared/core/incident/effect-id.ts'

describe('the id of an effect', () => {
  it('names its incident', () => {
    expect(effectIdOf('inc-0123456789abcdef', 12, 3)).toBe('inc-0123456789abcdef.12.3')
    expect(incidentOfEffect(effectIdOf('inc-0123456789abcdef', 12, 3))).toBe('inc-0123456789abcdef')
  })

  test.each([
    '',
    'inc-1',
    'inc-1.2',
    'inc-1.2.3.4',
    'inc-1.0.1',
    'inc-1.2.x',
    '.2.3',
    '-inc.2.3',
    'inc 1.2.3',
    'inc_1.2.3',
    `${'i'.repeat(65)}.2.3`,
    'inc-1.1234567890.1',
    'inc-1.2.3\n',
  ])('%j is none', (text) => {
    expect(incidentOfEffect(text)).toBeNull()
  })
})
