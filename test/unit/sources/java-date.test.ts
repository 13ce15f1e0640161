import { expect, test } from 'vitest'
import { isoOfJavaDate } from '../../../shared/sources/java-date.ts'
import { readInstant } from '../../../shared/sources/read-instant.ts'

test.each([
  ['Wed Sep 04 16:59:44.356 UTC 2024', '2024-09-04T16:59:44.356Z'],
  ['Sat Mar 06 02:13:30 GMT 2027', '2027-03-06T02:13:30.000Z'],
  ['Mar 20, 2023, 6:08:05 PM', '2023-03-20T18:08:05.000Z'],
  ['Mar 20, 2023, 6:08:05\u202fPM', '2023-03-20T18:08:05.000Z'],
  ['Jan 1, 2027 12:00:00 AM', '2027-01-01T00:00:00.000Z'],
  ['Jan 1, 2027, 12:00:00 PM', '2027-01-01T12:00:00.000Z'],
])('%j is %s', (text, instant) => {
  expect(readInstant(text)).toBe(instant)
})

test.each([
  ['Wed Foo 04 16:59:44.356 UTC 2024'],
  ['Wed Feb 30 16:59:44.356 UTC 2024'],
  ['Wed Sep 04 16:59:44.356 CEST 2024'],
  ['Mar 20, 2023, 13:08:05 PM'],
  ['Mar 20, 2023, 0:08:05 AM'],
  ['Mar 20, 2023'],
])('%j is no instant', (text) => {
  expect(readInstant(text)).toBeUndefined()
})

test('other text is left to others', () => {
  expect(isoOfJavaDate('2027-03-06T02:13:30Z')).toBeNull()
})
