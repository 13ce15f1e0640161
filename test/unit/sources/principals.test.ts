import { describe, expect, it } from 'vitest'
import { holderPrincipals, resourcePrincipals, tidyPrincipals } from '../../../shared/sources/principals.ts'

const ACCOUNT = '111122223333'
const OTHER = '444455556666'
const NOBODY = { type: undefined, name: undefined, id: undefined, accountId: undefined, issuer: undefined }

describe('whoever holds credentials', () => {
  it.each([
    ['nobody', {}, []],
    ['a user', { type: 'IAMUser', name: 'mole', id: 'AIDAX' }, ['user/mole', 'id/AIDAX']],
    ['a user with a path', { type: 'IAMUser', name: 'division/mole' }, ['user/mole']],
    ['a user by the id alone', { type: 'IAMUser', id: 'AIDAX' }, ['id/AIDAX']],
    ['a user, told by the id', { name: 'mole', id: 'AIDAX' }, ['user/mole', 'id/AIDAX']],
    ['a session', { type: 'AssumedRole', name: 'admin', id: 'AROAX:mole' }, ['session/admin/mole', 'id/AROAX:mole']],
    ['a session, told by the id', { name: 'admin', id: 'AROAX:mole' }, ['session/admin/mole', 'id/AROAX:mole']],
    [
      'a session as ECS and EKS say it',
      { type: 'Role', name: 'admin', id: 'A:mole' },
      ['session/admin/mole', 'id/A:mole'],
    ],
    ['a session of whichever role', { type: 'AssumedRole', id: 'AROAX:mole' }, ['session/*/mole', 'id/AROAX:mole']],
    ['a role without a session', { type: 'AssumedRole', name: 'admin', id: 'AROAX' }, ['role/admin', 'id/AROAX']],
    ['root', { type: 'Root', name: 'Root', id: ACCOUNT }, ['root/', `id/${ACCOUNT}`]],
    ['a federated user', { type: 'FederatedUser', id: `${ACCOUNT}:mole` }, ['federated/mole', `id/${ACCOUNT}:mole`]],
    [
      'a federated user with whose credentials it began',
      { type: 'FederatedUser', name: 'ana', id: `${ACCOUNT}:mole` },
      ['federated/mole', 'user/ana', `id/${ACCOUNT}:mole`],
    ],
    ['a federated user by name alone', { type: 'FederatedUser', name: 'mole' }, ['federated/mole']],
    ['whatever it is', { name: 'mole' }, ['any/mole']],
    ['an ARN for a name', { name: `arn:aws:iam::${ACCOUNT}:user/mole`, id: 'X' }, ['user/mole', 'id/X']],
    ['an ARN for an id', { name: 'mole', id: `arn:aws:iam::${ACCOUNT}:user/mole` }, ['any/mole', 'user/mole']],
  ])('%s', (_, holder, expected) => {
    expect(holderPrincipals({ ...NOBODY, ...holder }, ACCOUNT)).toEqual(expected.map((one) => `${ACCOUNT}:${one}`))
  })

  it('has the account that is said to be theirs, and none where it is another', () => {
    const mole = { ...NOBODY, name: 'mole', type: 'IAMUser' }
    expect(holderPrincipals({ ...mole, accountId: OTHER }, ACCOUNT)).toEqual([`${OTHER}:user/mole`])
    expect(holderPrincipals({ ...mole, type: 'AWSAccount' }, ACCOUNT)).toEqual(['*:any/mole'])
    expect(holderPrincipals({ ...mole, type: 'AWSAccount', accountId: OTHER }, ACCOUNT)).toEqual([`${OTHER}:any/mole`])
    expect(holderPrincipals({ ...mole, type: 'AWSAccount', id: 'AROAX:x' }, ACCOUNT)[0]).toBe('*:session/mole/x')
    expect(holderPrincipals(mole, 'unknown')).toEqual(['*:user/mole'])
  })

  it('has role and account by whoever issued the session', () => {
    const issuer = `arn:aws:iam::${OTHER}:role/path/admin`
    const mole = { ...NOBODY, type: 'AssumedRole', id: 'AROAX:mole', issuer }
    expect(holderPrincipals(mole, ACCOUNT)[0]).toBe(`${OTHER}:session/admin/mole`)
    expect(holderPrincipals({ ...mole, name: 'mole' }, ACCOUNT)[0]).toBe(`${OTHER}:session/admin/mole`)
    expect(holderPrincipals({ ...mole, issuer: 'sts', name: 'admin' }, ACCOUNT)[0]).toBe(
      `${ACCOUNT}:session/admin/mole`,
    )
  })
})

describe('users and roles that a finding is about', () => {
  it.each([
    ['a user', { type: 'AwsIamUser', id: `arn:aws:iam::${OTHER}:user/path/mole` }, [`${OTHER}:user/mole`]],
    ['a role', { type: 'AwsIamRole', id: `arn:aws:iam::${OTHER}:role/admin` }, [`${OTHER}:role/admin`]],
    [
      'an ARN, whatever its type',
      { type: 'Other', id: `arn:aws:sts::${OTHER}:assumed-role/a/b` },
      [`${OTHER}:session/a/b`],
    ],
    ['a user by name', { type: 'AwsIamUser', id: 'mole' }, [`${ACCOUNT}:user/mole`]],
    ['a user by AWS’s id', { type: 'AwsIamUser', id: 'AIDAX' }, [`${ACCOUNT}:id/AIDAX`]],
    ['a user by the details', { type: undefined, id: 'x', userName: 'mole' }, [`${ACCOUNT}:user/mole`]],
    [
      'a role by the details',
      { type: undefined, id: undefined, roleName: 'admin', uniqueId: 'AROAX' },
      [`${ACCOUNT}:role/admin`, `${ACCOUNT}:id/AROAX`],
    ],
    [
      'details in the account of the ARN',
      { type: 'AwsIamUser', id: `arn:aws:iam::${OTHER}:user/mole`, userName: 'mole' },
      [`${OTHER}:user/mole`, `${OTHER}:user/mole`],
    ],
    ['a bucket', { type: 'AwsS3Bucket', id: 'arn:aws:s3:::mole' }, []],
    ['a policy', { type: 'AwsIamPolicy', id: `arn:aws:iam::${ACCOUNT}:policy/mole` }, []],
    ['nothing', { type: 'AwsIamUser', id: undefined }, []],
  ])('%s', (_, resource, expected) => {
    const none = { userName: undefined, roleName: undefined, uniqueId: undefined }
    expect(resourcePrincipals({ ...none, ...resource }, ACCOUNT)).toEqual(expected)
  })
})

describe('tidyPrincipals', () => {
  it('keeps each once, ids last, at most twenty', () => {
    expect(tidyPrincipals(['*:id/A', '*:user/a', '*:id/A', '*:user/b'])).toEqual(['*:user/a', '*:user/b', '*:id/A'])
    const many = Array.from({ length: 30 }, (_, index) => `${ACCOUNT}:user/${index}`)
    expect(tidyPrincipals(many)).toEqual(many.slice(0, 20))
  })

  it('leaves out what is longer than any name of IAM’s, and what does not fit into 2,000 bytes', () => {
    expect(tidyPrincipals([`*:user/${'x'.repeat(200)}`, '*:user/mole'])).toEqual(['*:user/mole'])
    const long = Array.from({ length: 20 }, (_, index) => `*:user/${index + 10}${'x'.repeat(180)}`)
    expect(tidyPrincipals(long)).toHaveLength(10)
    expect(tidyPrincipals([`*:user/${'\u0001'.repeat(40)}`])).toEqual([])
  })

  it('leaves out a role of which it has the session: whoever else acts by it is not meant', () => {
    const session = `${ACCOUNT}:session/admin/mole`
    expect(tidyPrincipals([`${ACCOUNT}:role/admin`, session, `${OTHER}:role/admin`])).toEqual([
      session,
      `${OTHER}:role/admin`,
    ])
    expect(tidyPrincipals(['*:id/AROAX', '*:id/AROAX:mole'])).toEqual(['*:id/AROAX:mole'])
  })
})
