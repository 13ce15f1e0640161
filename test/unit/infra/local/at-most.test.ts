import { describe, expect, it } from 'vitest'
import { atMost } from '../../../../infra/local/at-most.ts'
import { inParallel } from '../../../../shared/app/in-parallel.ts'

describe('atMost', () => {
  it('lets so many run at once, in order of arrival, also after a failure', async () => {
    const slot = atMost(2)
    let running = 0
    let most = 0
    const order: number[] = []
    const work = (number: number) =>
      slot(async () => {
        running += 1
        most = Math.max(most, running)
        order.push(number)
        await new Promise((resolve) => setTimeout(resolve, 2))
        running -= 1
        if (number === 1) throw new Error('one fails')
        return number
      })
    const settled = await Promise.allSettled([0, 1, 2, 3, 4].map(work))
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ])
    expect(order).toEqual([0, 1, 2, 3, 4])
    expect(most).toBe(2)
  })
})

describe('inParallel', () => {
  it('works on each entry once, at most so many at a time', async () => {
    let running = 0
    let most = 0
    const seen: number[] = []
    await inParallel(3, [1, 2, 3, 4, 5, 6, 7], async (entry) => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      seen.push(entry)
      running -= 1
    })
    expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(most).toBe(3)
  })
})
