import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isSamePrincipal,
  type PrincipalKind,
  principalOfArn,
  principalText,
  readPrincipal,
} from '../../../../shared/core/findings/principal.ts'

const ONE = '111122223333'
const OTHER = '444455556666'
const user = (name: string, account = ONE) => `arn:aws:iam::${account}:user/${name}`
const role = (name: string, account = ONE) => `arn:aws:iam::${account}:role/${name}`
const session = (name: string, account = ONE) => `arn:aws:sts::${account}:assumed-role/${name}`
const named = (kind: PrincipalKind, name: string, account = ONE) => principalText(account, kind, name)

describe('principalOfArn', () => {
  test.each([
    [user('mole'), `${ONE}:user/mole`],
    [user('division/team/mole'), `${ONE}:user/mole`],
    [role('aws-reserved/sso.amazonaws.com/Admin'), `${ONE}:role/Admin`],
    [session('admin/mole'), `${ONE}:session/admin/mole`],
    [`arn:aws:sts::${ONE}:federated-user/mole`, `${ONE}:federated/mole`],
    [`arn:aws:iam::${ONE}:root`, `${ONE}:root/`],
    [`arn:aws-cn:iam::${ONE}:user/mole`, `${ONE}:user/mole`],
    [`arn:aws-us-gov:sts::${ONE}:assumed-role/admin/mole`, `${ONE}:session/admin/mole`],
    ['arn:aws:iam::XXXXXXXXXXXX:user/mole', '*:user/mole'],
    [user(''), null],
    [session('admin'), null],
    ['arn:aws:s3:::bucket', null],
    [`arn:aws:iam::${ONE}:policy/mole`, null],
    [`arn:aws:iam::${ONE}:mfa/mole`, null],
    ['mole', null],
  ])('%s', (arn, text) => expect(principalOfArn(arn)).toBe(text))
})

describe('readPrincipal', () => {
  test.each([
    [user('mole'), { account: ONE, kind: 'user', name: 'mole' }],
    ['user/division/mole', { account: '*', kind: 'user', name: 'mole' }],
    ['assumed-role/admin/mole', { account: '*', kind: 'session', name: 'admin/mole' }],
    ['root', { account: '*', kind: 'any', name: 'root' }],
    ['mole', { account: '*', kind: 'any', name: 'mole' }],
    ['AROAX:mole', { account: '*', kind: 'any', name: 'AROAX:mole' }],
    [`${ONE}:mole`, { account: '*', kind: 'any', name: `${ONE}:mole` }],
    ['', { account: '*', kind: 'any', name: '' }],
  ])('%s', (text, principal) => expect(readPrincipal(text)).toEqual(principal))

  test('gives back what principalText was given', () => {
    const kinds = fc.constantFrom<PrincipalKind>('user', 'role', 'session', 'federated', 'root', 'id', 'any')
    fc.assert(
      fc.property(fc.constantFrom(ONE, '*'), kinds, fc.string({ unit: 'binary' }), (account, kind, name) => {
        expect(readPrincipal(principalText(account, kind, name))).toEqual({ account, kind, name })
      }),
    )
  })
})

describe('whoever is in the directory is whom a finding names', () => {
  test.each([
    ['the same user', user('mole'), named('user', 'mole')],
    ['with a path', user('division/mole'), named('user', 'mole')],
    ['in another case', user('Mole'), named('user', 'mole')],
    ['in China', `arn:aws-cn:iam::${ONE}:user/mole`, named('user', 'mole')],
    ['a user by a bare name', 'mole', named('user', 'mole')],
    ['a user of any account', 'user/mole', named('user', 'mole')],
    ['a user in an account that the finding does not say', user('mole'), named('user', 'mole', 'unknown')],
    ['a user whose kind the finding does not say', user('mole'), named('any', 'mole')],
    ['an id', 'AIDAEXAMPLE', named('id', 'AIDAEXAMPLE')],
    ['an id with a session', 'AROAX:mole', named('id', 'AROAX:mole')],
    ['the same session', session('admin/mole'), named('session', 'admin/mole')],
    ['a session of a role that the finding does not say', session('admin/mole'), named('session', '*/mole')],
    ['a session by its name', 'mole', named('session', 'admin/mole')],
    ['a session whose kind the finding does not say', session('admin/mole'), named('any', 'mole')],
    ['a federated user', `arn:aws:sts::${ONE}:federated-user/mole`, named('federated', 'mole')],
    ['a federated user by a bare name', 'mole', named('federated', 'mole')],
    ['a role', role('path/admin'), named('role', 'admin')],
    ['root', `arn:aws:iam::${ONE}:root`, named('root', '')],
    ['a name of long ago', user('mole'), 'mole'],
    ['a role by a name of long ago', role('admin'), 'admin'],
    ['an ARN of long ago', user('mole'), user('mole')],
  ])('%s', (_, own, finding) => expect(isSamePrincipal(own, finding)).toBe(true))
})

describe('and nobody else', () => {
  test.each([
    ['of another account', user('mole'), named('user', 'mole', OTHER)],
    ['of another account, kind unknown', user('mole'), named('any', 'mole', OTHER)],
    ['a role of the same name', user('admin'), named('role', 'admin')],
    ['a user of the name of a role', role('admin'), named('user', 'admin')],
    ['a user of the name of a session', session('admin/mole'), named('user', 'mole')],
    ['another session of the same role', session('admin/mole'), named('session', 'admin/cat')],
    ['a session of the same name by another role', session('admin/mole'), named('session', 'reader/mole')],
    ['the session of another account', session('admin/mole'), named('session', 'admin/mole', OTHER)],
    ['whoever acts by the same role', role('admin'), named('session', 'admin/mole')],
    ['the role of a session', session('admin/mole'), named('role', 'admin')],
    ['the role of a session, kind unknown', session('admin/mole'), named('any', 'admin')],
    ['another session by the id of its role', 'AROAX', named('id', 'AROAX:mole')],
    ['another user', user('cat'), named('user', 'mole')],
    ['a role by a bare name', 'admin', named('role', 'admin')],
    ['the role of a session by a bare name', 'admin', named('session', 'admin/mole')],
    ['another root', `arn:aws:iam::${ONE}:root`, named('root', '', OTHER)],
    ['root by its name', 'root', named('root', '')],
  ])('%s', (_, own, finding) => expect(isSamePrincipal(own, finding)).toBe(false))
})
