import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { inspectorFamily } from '../../../shared/sources/inspector2-family.ts'

test.each([
  ['CVE-2027-10001 - sample-lib', 'PACKAGE_VULNERABILITY/CVE-2027-10001'],
  ['GHSA-1a2b-3c4d-5e6f - a, b and 1 more', 'PACKAGE_VULNERABILITY/GHSA-1a2b-3c4d-5e6f'],
  ['KB5023697', 'PACKAGE_VULNERABILITY/KB5023697'],
  ['CWE-94 - Unsanitized input is run as code', 'CODE_VULNERABILITY/CWE-94 - Unsanitized input is run as code'],
  ['Port 22 is reachable from an Internet Gateway - TCP', 'NETWORK_REACHABILITY/TCP 22'],
  ['Ports 8000-8080 are reachable from a Peered VPC - UDP', 'NETWORK_REACHABILITY/UDP 8000-8080'],
  ['Port 22 is reachable from an Internet Gateway', 'inspector/Port 22 is reachable from an Internet Gateway'],
  ['Something of 2027', 'inspector/Something of 2027'],
  ['', null],
])('%s is of %s', (title, family) => {
  expect(inspectorFamily(title)).toBe(family)
})

test('any title has one family of at most 256 characters', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 600 }), (title) => {
      expect(inspectorFamily(title)?.length).toBeLessThanOrEqual(256)
    }),
  )
})
