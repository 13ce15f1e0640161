import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { WATCHED_API_CALLS } from '../../../shared/sources/watched-api-calls.ts'
import type { WatchedOnly } from '../../../shared/sources/watched-call.ts'
import { fitsOnly } from '../../../shared/sources/watched-conditions.ts'

const ANA = { isRoot: false, userName: 'ana', accountId: '111122223333' }
const ROLE = { ...ANA, userName: undefined }
const ROOT = { ...ROLE, isRoot: true }
const PUBLIC = { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess'
const TRUST = { Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' } } }
const GRANT = { Grant: [{ Grantee: { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' } }] }

const CASES: [WatchedOnly, Record<string, unknown>, typeof ROLE | typeof ANA, boolean][] = [
  ['administrator-policy', { policyArn: ADMIN }, ROLE, true],
  ['administrator-policy', { policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, ROLE, false],
  ['administrator-policy', { policyDocument: JSON.stringify(PUBLIC) }, ROLE, true],
  ['another-user', { userName: 'ana' }, ANA, false],
  ['another-user', { userName: 'ben' }, ANA, true],
  ['another-user', { userName: 'ben' }, ROLE, true],
  ['another-user', {}, ANA, false],
  ['by-root', {}, ROOT, true],
  ['by-root', { userName: 'ben' }, ROOT, false],
  ['by-root', {}, ANA, false],
  ['public-acl', { 'x-amz-acl': ['public-read'] }, ROLE, true],
  ['public-acl', { AccessControlPolicy: { AccessControlList: GRANT } }, ROLE, true],
  ['public-acl', { 'x-amz-acl': ['private'] }, ROLE, false],
  [
    'public-block-off',
    { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false } },
    ROLE,
    true,
  ],
  ['public-block-off', { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }, ROLE, false],
  ['public-policy', { bucketPolicy: PUBLIC }, ROLE, true],
  ['public-policy', { attributes: { Policy: JSON.stringify(PUBLIC) } }, ROLE, true],
  ['public-policy', { principal: '*' }, ROLE, true],
  ['public-policy', { bucketPolicy: TRUST }, ROLE, false],
  ['shared-with-all', { createVolumePermission: { add: { items: [{ group: 'all' }] } } }, ROLE, true],
  ['shared-with-all', { launchPermission: { remove: { items: [{ group: 'all' }] } } }, ROLE, false],
  ['shared-with-all', { valuesToAdd: ['all'] }, ROLE, true],
  ['shared-with-all', { accountIdsToAdd: ['All'] }, ROLE, true],
  ['shared-with-account', { createVolumePermission: { add: { items: [{ userId: '444455556666' }] } } }, ROLE, true],
  ['shared-with-account', { valuesToAdd: ['all'] }, ROLE, false],
  ['suspended', { VersioningConfiguration: { Status: 'Suspended' } }, ROLE, true],
  ['suspended', { VersioningConfiguration: { Status: 'Enabled' } }, ROLE, false],
  ['trusts-another-account', { policyDocument: JSON.stringify(TRUST) }, ROLE, true],
  ['trusts-another-account', { policyDocument: JSON.stringify(TRUST) }, { ...ROLE, accountId: '444455556666' }, false],
  ['turned-off', { enable: false }, ROLE, true],
  ['turned-off', { enable: true }, ROLE, false],
  ['without-snapshot', { skipFinalSnapshot: true }, ROLE, true],
  ['without-snapshot', { skipFinalSnapshot: false }, ROLE, false],
]

test.each(CASES)('%s of %j by %j: %s', (only, parameters, by, expected) => {
  expect(fitsOnly(only, parameters, by)).toBe(expected)
})

test('every condition that the list uses has a case of either kind', () => {
  for (const only of new Set(WATCHED_API_CALLS.flatMap((call) => call.only ?? []))) {
    expect(new Set(CASES.filter(([name]) => name === only).map((one) => one[3]))).toEqual(new Set([true, false]))
  }
})

test('without a condition every call fits', () => {
  expect(fitsOnly(undefined, {}, ROLE)).toBe(true)
})

test('arbitrary parameters never throw, however deep', () => {
  const only = fc.constantFrom(...CASES.map(([name]) => name))
  const parameters = fc.dictionary(fc.constantFrom('policyDocument', 'valuesToAdd', 'x'), fc.anything())
  fc.assert(fc.property(only, parameters, (name, given) => typeof fitsOnly(name, given, ROLE) === 'boolean'))
  const deep: Record<string, unknown> = {}
  deep.self = deep
  expect(fitsOnly('public-acl', deep, ROLE)).toBe(false)
})
