import { describe, expect, it } from 'vitest'
import { parseEvent } from '../../../../shared/sources/parse-event.ts'
import { invocationText } from '../../../bench/findings/queue-batch.ts'
import { eventOf } from '../../../bench/findings/storm-events.ts'
import { batchesOf, groupsOf, STORM_KINDS, stormOf } from '../../../bench/findings/storms.ts'

describe('storms', () => {
  it('consist of events of about 5 KB that are findings and page', () => {
    const events = STORM_KINDS.flatMap((kind) => stormOf(kind, 20)).map(eventOf)
    for (const event of events) {
      expect(Math.abs(JSON.stringify(event).length - 5000)).toBeLessThan(250)
      expect(parseEvent(event)).toMatchObject([{ ok: true, finding: { severity: 'CRITICAL' } }])
    }
  })

  it.each(STORM_KINDS)('of %s have so many findings, and so many groups', (kind) => {
    const storm = stormOf(kind, 1000)
    expect(new Set(storm.map(({ id }) => id)).size).toBe(1000)
    expect(new Set(storm.map(({ user }) => user)).size).toBe(groupsOf(kind, 1000))
  })

  it('are the same again as duplicates, and mix groups in each batch', () => {
    expect(stormOf('duplicates', 50)).toEqual(stormOf('distinct', 50))
    const [batch = []] = batchesOf(stormOf('groups', 1000))
    expect(new Set(batch.map(({ user }) => user)).size).toBe(10)
  })

  it('come as a queue hands them to a function: bodies are text', () => {
    const { Records } = JSON.parse(invocationText(stormOf('distinct', 10))) as { Records: { body: string }[] }
    expect(Records).toHaveLength(10)
    expect(JSON.parse(Records[0]?.body ?? '')).toMatchObject({ 'detail-type': 'GuardDuty Finding' })
  })
})
