import { describe, expect, it } from 'vitest'
import { isSamePrincipal } from '../../../shared/core/findings/principal.ts'
import { actorPrincipals, keyPrincipals, tidyPrincipals } from '../../../shared/sources/principals.ts'

const ACCOUNT = '111122223333'

describe('the owner of a key', () => {
  it.each([
    [{ type: 'IAMUser', name: 'mole', id: 'AIDAX' }, ['user/mole', 'id/AIDAX']],
    [{ type: 'AssumedRole', name: 'admin', id: 'AROAX:mole' }, ['session/admin/mole', 'id/AROAX:mole']],
    [{ type: 'AssumedRole', name: 'admin', id: 'AROAX' }, ['role/admin', 'id/AROAX']],
    [{ type: 'Root', name: 'Root', id: undefined }, ['root/']],
    [{ type: 'FederatedUser', name: 'mole', id: undefined }, ['any/mole']],
    [{ type: undefined, name: undefined, id: undefined }, []],
  ])('%o', (owner, expected) => {
    expect(keyPrincipals(ACCOUNT, owner)).toEqual(expected.map((one) => `${ACCOUNT}:${one}`))
  })

  it('is met by the session that a person lists', () => {
    const named = keyPrincipals(ACCOUNT, { type: 'AssumedRole', name: 'admin', id: 'AROAX:mole' })
    const own = `arn:aws:sts::${ACCOUNT}:assumed-role/admin/mole`
    expect(named.some((one) => isSamePrincipal(own, one))).toBe(true)
  })
})

it('an actor has a name, an id, or an ARN', () => {
  expect(actorPrincipals(ACCOUNT, 'mole', `arn:aws:iam::${ACCOUNT}:user/mole`)).toEqual([
    `${ACCOUNT}:any/mole`,
    `${ACCOUNT}:user/mole`,
  ])
  expect(actorPrincipals(ACCOUNT, undefined, 'AIDAX')).toEqual([`${ACCOUNT}:id/AIDAX`])
  expect(actorPrincipals(ACCOUNT, undefined, undefined)).toEqual([])
})

it('at most eight are kept, each once', () => {
  const many = Array.from({ length: 20 }, (_, index) => `${ACCOUNT}:user/${index % 12}`)
  expect(tidyPrincipals(many)).toHaveLength(8)
})
