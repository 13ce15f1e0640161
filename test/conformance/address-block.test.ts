import { expect, test } from 'vitest'
import { addressBlock } from './address-block.ts'

test.each([
  ['203.0.113.0/24', '203.0.113.255', '203.0.114.0'],
  ['203.0.113.9/24', '203.0.113.0', '203.0.112.255'],
  ['203.0.113.9', '203.0.113.9', '203.0.113.8'],
  ['0.0.0.0/0', '255.255.255.255', '::1'],
  ['2001:DB8:1234:5678::/64', '2001:db8:1234:5678:ffff::1', '2001:db8:1234:5679::1'],
  ['::/0', 'ffff::', '10.0.0.1'],
  ['2001:db8::1', '2001:0db8:0::1', '2001:db8::'],
])('%s has %s, not %s', (text, inside, outside) => {
  const block = addressBlock(text)
  expect([block?.has(inside), block?.has(outside), block?.has('nowhere')]).toEqual([true, false, false])
})

test.each([[''], ['10.0.0.0/33'], ['::/129'], ['10.0.0.0/'], ['10.0.0.0/-1'], ['10.0.0/8'], ['fe80::1%eth0/64']])(
  '%j is none',
  (text) => expect(addressBlock(text)).toBeNull(),
)
