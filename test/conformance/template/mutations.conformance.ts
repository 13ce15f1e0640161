import { expect, test } from 'vitest'
import { altered } from './altered.ts'
import { MUTATIONS } from './mutations.ts'
import { packagedTemplate } from './packaged-template.ts'

const template = packagedTemplate()

test.each(MUTATIONS)('%s as %j is seen by %o: %s', (way, alteration, check, says) => {
  const before = check(template)
  const broken = altered(template, way, alteration)
  const fresh = check(broken).filter((fault) => !before.includes(fault))
  expect(fresh).toEqual(expect.arrayContaining([expect.stringContaining(says)]))
})
