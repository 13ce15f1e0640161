import { expect, test } from 'vitest'
import { forbiddenActions } from './forbidden-actions.ts'
import { roleFaults } from './function-settings.ts'
import { forbiddenFaults, neededFaults, unneededFaults } from './needs.ts'
import { packagedTemplate } from './packaged-template.ts'
import { boundaryFaults, ON_EVERYTHING, rolePolicies, wildcardFaults } from './role-policies.ts'
import { type Check, resourcesOf } from './template.ts'

const template = packagedTemplate()

test.each<[string, Check]>([
  ['only Lambda takes a role, and it has only what is written in it', roleFaults],
  ['actions and what they are allowed on are named in full', wildcardFaults],
  ['a boundary holds for each role', boundaryFaults],
  ['each function may do what it does', neededFaults],
  ['no function may do anything else', unneededFaults],
  ['no function may do what is dangerous', forbiddenFaults],
])('%s', (_what, check) => {
  expect(check(template)).toEqual([])
})

test('every role is one function’s, and says something', () => {
  expect(rolePolicies(template).map(({ job }) => job)).not.toContain(null)
  expect(rolePolicies(template).length).toBe(resourcesOf(template, 'AWS::Lambda::Function').length)
  expect(rolePolicies(template).filter(({ documents }) => documents.length === 0)).toEqual([])
})

test('more than forty dangerous actions are tried, each on something', () => {
  const forbidden = forbiddenActions(template)
  expect(new Set(forbidden.map(({ action }) => action)).size).toBeGreaterThan(40)
  expect(forbidden.filter(({ resources }) => resources.length === 0)).toEqual([])
})

test('what may be allowed on everything is', () => {
  const allowed = rolePolicies(template).flatMap(({ documents }) => JSON.stringify(documents))
  expect(Object.keys(ON_EVERYTHING).filter((action) => !allowed.some((text) => text.includes(action)))).toEqual([])
})
