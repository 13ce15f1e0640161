import { describe, expect, it } from 'vitest'
import { upcast } from '../../../shared/app/upcast-events.ts'
import type { IncidentEvent } from '../../../shared/core/incident/events.ts'

const stored = (type: string, v: number, data: object) => ({ type, v, data }) as unknown as IncidentEvent

describe('upcast', () => {
  it('leaves an event of the present shape as it is', () => {
    const event = stored('SeatOpened', 1, { role: 'legal-counsel' })
    expect(upcast(event)).toBe(event)
  })

  it('leaves a type that it does not know as it is', () => {
    const event = stored('SomethingLater', 7, { anything: true })
    expect(upcast(event, { SeatOpened: { 1: (data) => data } })).toBe(event)
  })

  it('brings an old shape up, one version after the other', () => {
    const upcasters = {
      SeatOpened: {
        1: ({ seconds, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, ackWithinSeconds: seconds }),
        2: (data: Readonly<Record<string, unknown>>) => ({ ...data, checkInAfterSeconds: 3600 }),
      },
    }
    expect(upcast(stored('SeatOpened', 1, { role: 'r', seconds: 300 }), upcasters)).toEqual(
      stored('SeatOpened', 3, { role: 'r', ackWithinSeconds: 300, checkInAfterSeconds: 3600 }),
    )
    expect(upcast(stored('SeatOpened', 2, { role: 'r', ackWithinSeconds: 60 }), upcasters)).toEqual(
      stored('SeatOpened', 3, { role: 'r', ackWithinSeconds: 60, checkInAfterSeconds: 3600 }),
    )
  })
})
