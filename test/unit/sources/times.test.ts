import { expect, test } from 'vitest'
import { timesFrom } from '../../../shared/sources/times.ts'

const NONE = {
  firstSeenAt: undefined,
  lastSeenAt: undefined,
  createdAt: undefined,
  updatedAt: undefined,
  eventAt: undefined,
}

test('all given stand as they are', () => {
  const given = { firstSeenAt: 'a', lastSeenAt: 'c', createdAt: 'b', updatedAt: 'd', eventAt: 'e' }
  expect(timesFrom(given)).toEqual({ firstSeenAt: 'a', lastSeenAt: 'c', updatedAt: 'd' })
})

test.each(['firstSeenAt', 'lastSeenAt', 'createdAt', 'updatedAt', 'eventAt'])('%s alone stands for all', (name) => {
  expect(timesFrom({ ...NONE, [name]: 'x' })).toEqual({ firstSeenAt: 'x', lastSeenAt: 'x', updatedAt: 'x' })
})

test('nothing gives nothing', () => {
  expect(timesFrom(NONE)).toBeNull()
})
