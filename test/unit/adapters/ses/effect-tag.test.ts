import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectOfTag, tagOfEffect } from '../../../../shared/adapters/ses/effect-tag.ts'

test('an effect comes back from its tag, whose characters SES allows', () => {
  const effectIds = fc
    .tuple(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/), fc.nat(), fc.nat())
    .map((parts) => parts.join('.'))
  fc.assert(
    fc.property(effectIds, (effectId) => {
      expect(tagOfEffect(effectId)).toMatch(/^[A-Za-z0-9_-]{1,256}$/)
      expect(effectOfTag(tagOfEffect(effectId))).toBe(effectId)
    }),
  )
})
