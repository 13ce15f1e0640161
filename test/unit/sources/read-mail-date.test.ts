import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMailDate } from '../../../shared/sources/read-mail-date.ts'

test.each([
  ['Sat, 06 Mar 2027 02:13:30 GMT', '2027-03-06T02:13:30.000Z'],
  ['Thu, 6 Mar 2027 02:13:30 GMT', '2027-03-06T02:13:30.000Z'],
  ['Sat 06 Mar 2027 2: 13: 30 GMT', '2027-03-06T02:13:30.000Z'],
  ['6 March 2027 02:13', '2027-03-06T02:13:00.000Z'],
  ['Sat, 06 Mar 2027 04:13:30 +0200', '2027-03-06T02:13:30.000Z'],
  ['2027-03-06T02:13:30Z', '2027-03-06T02:13:30.000Z'],
])('%j is %s', (text, instant) => {
  expect(readMailDate(text)).toBe(instant)
})

test.each([
  [''],
  ['06 Foo 2027 02:13:30 GMT'],
  ['31 Feb 2027 02:13:30 GMT'],
  ['Sat, 06 Mar 2027 25:13:30 GMT'],
  [7],
  [null],
])('%j is no instant', (value) => {
  expect(readMailDate(value)).toBeUndefined()
})

test('every instant is read as HTTP writes it', () => {
  const range = { min: new Date('1970-01-01'), max: new Date('9999-01-01'), noInvalidDate: true }
  fc.assert(
    fc.property(fc.date(range), (date) => {
      expect(readMailDate(date.toUTCString())).toBe(date.toISOString().replace(/\.\d+Z/, '.000Z'))
    }),
  )
})
