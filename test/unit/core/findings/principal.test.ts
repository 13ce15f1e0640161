import { describe, expect, it, test } from 'vitest'
import { isSamePrincipal, principalOfArn, principalText } from '../../../../shared/core/findings/principal.ts'

const ONE = '111122223333'
const OTHER = '444455556666'
const user = (name: string, account = ONE) => `arn:aws:iam::${account}:user/${name}`
const role = (name: string, account = ONE) => `arn:aws:iam::${account}:role/${name}`
const session = (name: string, account = ONE) => `arn:aws:sts::${account}:assumed-role/${name}`

describe('principalOfArn', () => {
  test.each([
    [user('mole'), `${ONE}:user/mole`],
    [user('division/team/mole'), `${ONE}:user/mole`],
    [role('aws-service-role/x/Admin'), `${ONE}:role/Admin`],
    [session('admin/mole'), `${ONE}:session/admin/mole`],
    [`arn:aws:iam::${ONE}:root`, `${ONE}:root/`],
    [`arn:aws:sts::${ONE}:federated-user/mole`, `${ONE}:any/mole`],
    ['arn:aws-cn:iam::111122223333:user/mole', `${ONE}:user/mole`],
    ['arn:aws:s3:::bucket', null],
    [`arn:aws:iam::${ONE}:policy/mole`, null],
    ['mole', null],
  ])('%s', (arn, text) => expect(principalOfArn(arn)).toBe(text))
})

describe('whoever is in the directory is whom a finding names', () => {
  const named = (kind: string, name: string, account = ONE) => principalText(account, kind, name)
  test.each([
    ['the same user', user('mole'), named('user', 'mole')],
    ['a user by a bare name', 'mole', named('user', 'mole')],
    ['a user whose kind the finding does not say', user('mole'), named('any', 'mole')],
    ['a user in an account that the finding does not say', user('mole'), named('user', 'mole', 'unknown')],
    ['an id', 'AIDAEXAMPLE', named('id', 'AIDAEXAMPLE')],
    ['the same session', session('admin/mole'), named('session', 'admin/mole')],
    ['a session by its name', 'mole', named('session', 'admin/mole')],
    ['a role', role('admin'), named('role', 'admin')],
    ['a name of long ago', user('mole'), 'mole'],
    ['an ARN of long ago', user('mole'), user('mole')],
    ['root', `arn:aws:iam::${ONE}:root`, named('root', '')],
  ])('%s', (_, own, finding) => expect(isSamePrincipal(own, finding)).toBe(true))
})

describe('and nobody else', () => {
  it.each([
    ['of another account', user('mole'), `${OTHER}:user/mole`],
    ['of another account, kind unknown', user('mole'), `${OTHER}:any/mole`],
    ['a role of the same name', user('admin'), `${ONE}:role/admin`],
    ['another session of the same role', session('admin/mole'), `${ONE}:session/admin/cat`],
    ['whoever acts by the same role', role('admin'), `${ONE}:session/admin/mole`],
    ['another user', user('cat'), `${ONE}:user/mole`],
    ['a role by a bare name', 'admin', `${ONE}:role/admin`],
  ])('%s', (_, own, finding) => expect(isSamePrincipal(own, finding)).toBe(false))
})
