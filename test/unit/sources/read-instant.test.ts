import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readInstant } from '../../../shared/sources/read-instant.ts'

test.each([
  ['2027-03-06T02:13:30Z', '2027-03-06T02:13:30.000Z'],
  ['2027-03-06T02:13:30.5Z', '2027-03-06T02:13:30.500Z'],
  ['2027-03-06t02:13:30z', '2027-03-06T02:13:30.000Z'],
  ['2027-03-06T02:13Z', '2027-03-06T02:13:00.000Z'],
  ['2027-03-06 02:13:30.123456789', '2027-03-06T02:13:30.123Z'],
  ['2027-03-06 02:13:30.1234567891234', '2027-03-06T02:13:30.123Z'],
  ['2027-03-06T02:13:30', '2027-03-06T02:13:30.000Z'],
  ['2027-03-06 02:13:30 UTC', '2027-03-06T02:13:30.000Z'],
  ['2027-03-06T02:13:30.000+0000', '2027-03-06T02:13:30.000Z'],
  ['2027-03-06T02:13:30+02', '2027-03-06T00:13:30.000Z'],
  [' 2027-03-06T02:13:30.905-05:30 ', '2027-03-06T07:43:30.905Z'],
  ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
])('%j is %s', (text, instant) => {
  expect(readInstant(text)).toBe(instant)
})

test.each([
  [''],
  ['yesterday'],
  ['2027-02-29T00:00:00Z'],
  ['2027-13-01T00:00:00Z'],
  ['2027-03-06T25:00:00Z'],
  ['2027-03-06'],
  ['+012027-03-06T02:13:30Z'],
  ['9999-12-31T23:59:59-01:00'],
  ['2027-03-06T02:13:30Z and more'],
  [1772763210000],
  [null],
  [undefined],
  [{}],
])('%j is no instant', (value) => {
  expect(readInstant(value)).toBeUndefined()
})

test('never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string(), fc.date().map(String)), (value) => void readInstant(value)),
  )
})

test('a common instant is read as with its offset written out', () => {
  const common = fc.stringMatching(/^20[0-3]\d-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d([.]\d{1,12})?$/)
  fc.assert(
    fc.property(common, (text) => {
      expect(readInstant(`${text}Z`)).toBe(readInstant(`${text}+00:00`))
      expect(readInstant(`${text}Z`)).toBe(readInstant(` ${text.replace('T', ' ')}`))
    }),
    { numRuns: 1000 },
  )
})
