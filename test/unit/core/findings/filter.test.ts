import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { AccountProfile } from '../../../../shared/core/directory/directory.ts'
import type { FindingFilter } from '../../../../shared/core/directory/finding-rules.ts'
import { FILTER_FIELDS, fits, fitsPattern } from '../../../../shared/core/findings/filter.ts'
import { ungraded } from './ungraded-finding.ts'

const PROFILE: AccountProfile = {
  ...{ id: '111122223333', name: 'payments', environment: 'production', dataCategories: [] },
  ...{ residents: [], sector: null, entities: [] },
}
const about = (filter: FindingFilter, profile: AccountProfile | null = PROFILE) => fits(filter, ungraded(), profile)

/** For each field a pattern that fits the sample, and one that does not. */
const FIELDS: Readonly<Record<keyof FindingFilter, readonly [fitting: string, other: string]>> = {
  source: ['SecurityHub', 'guardduty'],
  type: ['*/open', 'open'],
  family: ['software*', 'ttps*'],
  trait: ['no-mfa', 'mfa'],
  severity: ['high', 'CRITICAL'],
  title: ['*bucket*', 'bucket'],
  findingId: ['finding/?', 'finding/??'],
  accountId: ['1111*', '4444*'],
  environment: ['prod*', 'sandbox'],
  region: ['eu-*', 'us-*'],
  resource: ['i-1', 'i-2'],
  resourceType: ['awss3*', 'awsiam*'],
  tag: ['team=payments', 'payments'],
  principal: ['*:user/sample', '*:role/*'],
}

describe('fits', () => {
  test.each(FILTER_FIELDS)('asks for %s', (field) => {
    const [fitting, other] = FIELDS[field]
    expect(about({ [field]: [fitting] })).toBe(true)
    expect(about({ [field]: [other] })).toBe(false)
    expect(about({ [field]: [other, fitting] })).toBe(true)
    expect(about({ [field]: [] })).toBe(false)
  })

  it('needs every field that is given, and none that is not', () => {
    expect(about({})).toBe(true)
    expect(about({ source: ['securityhub'], region: ['eu-*'] })).toBe(true)
    expect(about({ source: ['securityhub'], region: ['us-*'] })).toBe(false)
  })

  it('fits nothing where the finding says nothing, not even by a star', () => {
    expect(about({ environment: ['*'] }, null)).toBe(false)
    const bare = ungraded({ severity: null, principal: null, resources: [], traits: [], tags: {} })
    for (const field of ['severity', 'principal', 'resource', 'resourceType', 'trait', 'tag'] as const) {
      expect(fits({ [field]: ['*'] }, bare, PROFILE)).toBe(false)
    }
  })
})

/** How a regular expression writes what is not written as it is. */
const WRITTEN = new Map([
  ['*', '.*'],
  ['?', '.'],
  ['.', '\\.'],
  ['+', '\\+'],
])

describe('fitsPattern', () => {
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['**', 'anything', true],
    ['?', '', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*a?', 'aab', true],
    ['a.c', 'abc', false],
    ['?', '🚀', true],
    ['??', '🚀', false],
    ['x?y', 'x🚀y', true],
    ['[a]', '[a]', true],
  ])('%j of %j: %j', (pattern, value, expected) => {
    expect(fitsPattern(pattern, value)).toBe(expected)
  })

  it('says what a regular expression says', () => {
    const piece = fc.constantFrom('a', 'b', '.', '+', '🚀', '\n')
    const patterns = fc.array(fc.oneof(piece, fc.constantFrom('*', '?')), { maxLength: 10 })
    fc.assert(
      fc.property(patterns, fc.array(piece, { maxLength: 12 }), (parts, value) => {
        const source = parts.map((part) => WRITTEN.get(part) ?? part).join('')
        const text = value.join('')
        expect(fitsPattern(parts.join(''), text)).toBe(new RegExp(`^${source}$`, 'su').test(text))
      }),
      { numRuns: 500 },
    )
  })

  it('is not slowed down by stars', () => {
    const before = performance.now()
    expect(fitsPattern('*a'.repeat(128), `${'a'.repeat(4_000)}b`)).toBe(false)
    expect(performance.now() - before).toBeLessThan(500)
  })
})
