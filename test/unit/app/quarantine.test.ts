import { beforeEach, describe, expect, it } from 'vitest'
import { LISTED_DAYS, listQuarantine, quarantine, readQuarantine } from '../../../shared/app/quarantine.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { InMemoryMuster } from './in-memory-muster.ts'

const DAY = 24 * 3600
const ERROR = { findingId: null, path: 'detail.id', expected: 'an id' }
let muster: InMemoryMuster
beforeEach(() => {
  muster = new InMemoryMuster()
})

const put = (event: unknown, secondsAgo = 0) =>
  quarantine(muster.deps, event, [ERROR], plusSeconds(muster.now, -secondsAgo))

describe('quarantine', () => {
  it('keeps an event whole, however long and whatever is in it', async () => {
    for (const event of [null, 7, { text: '\ud83d\ude80'.repeat(200_000) }, { half: '\ud800', nul: '\u0000' }]) {
      const id = await put(event)
      expect((await readQuarantine(muster.deps, id))?.event).toEqual(event)
    }
    expect(muster.alarms).toEqual(Array(4).fill('Quarantined'))
  })

  it('keeps an event that is nested too deep for most as its text', async () => {
    for (const levels of [600, 5_000, 100_000]) {
      const text = `{"detail":[1,"é",${'{"a":['.repeat(levels)}null${']}'.repeat(levels)},{"b":true}]}`
      const id = await put(JSON.parse(text))
      expect((await readQuarantine(muster.deps, id))?.event).toBe(text)
    }
    const flat = JSON.parse(`${'['.repeat(400)}${']'.repeat(400)}`)
    expect((await readQuarantine(muster.deps, await put(flat)))?.event).toEqual(flat)
    expect(await listQuarantine(muster.deps, 10)).toHaveLength(4)
  })

  it('lists the newest first, with why, over the last thirty days', async () => {
    const ids = [await put(1), await put(2, 60), await put(3, 3 * DAY), await put(4, (LISTED_DAYS - 1) * DAY)]
    await put(5, LISTED_DAYS * DAY)
    const listed = await listQuarantine(muster.deps, 10)
    expect(listed.map(({ id }) => id)).toEqual(ids)
    expect(listed[0]).toMatchObject({ at: muster.now, reason: 'detail.id: expected an id', errors: [ERROR], event: 1 })
    expect((await listQuarantine(muster.deps, 2)).map(({ id }) => id)).toEqual(ids.slice(0, 2))
  })

  it('lists each event once, whatever its parts', async () => {
    await Promise.all(Array.from({ length: 7 }, (_, n) => put({ n, text: 'y'.repeat(n * 60_000) })))
    const listed = await listQuarantine(muster.deps, 5)
    expect(new Set(listed.map(({ id }) => id)).size).toBe(5)
    expect((await listQuarantine(muster.deps, 50)).filter(({ event }) => event === null)).toHaveLength(6)
  })

  it('names at most fifty errors of one event', async () => {
    const id = await quarantine(muster.deps, {}, Array(60).fill(ERROR), muster.now)
    expect((await readQuarantine(muster.deps, id))?.errors).toHaveLength(50)
  })
})
