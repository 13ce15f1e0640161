import { describe, expect, it } from 'vitest'
import type { Directory } from '../../shared/core/directory/directory.ts'
import type { Accepted } from './world/evidence.ts'
import { ACCOUNTS, ENGINEER, sampleDirectory } from './world/sample-directory.ts'
import { Seeded } from './world/seeded.ts'
import { HOUR_MS, Stride } from './world/stride.ts'

const EVENING = '2027-03-10T17:30:11.250Z'
const HOURS = 36
const GROUP = { principal: 'arn:aws:iam::111122223333:user/sample-1', family: 'Sample' }
const BAD = { ...GROUP, id: 'finding-1', accountId: ACCOUNTS[0], severity: 'CRITICAL' } as const

type React = (stride: Stride, accepted: Accepted) => void
interface Scenario {
  readonly name: string
  readonly react: React
  readonly severity?: 'MEDIUM'
  /** What the messages must show, so that the scenario is what it says. */
  readonly shows: (kinds: Record<string, number>) => void
}

const answers =
  (afterSeconds: number, kinds: readonly string[]): React =>
  (stride, { message }) => {
    const { incidentId, responderId, kind } = message
    if (!kinds.includes(kind)) return
    for (const { role } of message.seats) {
      stride.later(afterSeconds, incidentId, { type: 'AcknowledgeSeat', role, responderId, via: 'api' })
    }
  }

const SCENARIOS: readonly Scenario[] = [
  { name: 'nobody answers', react: () => undefined, shows: ({ page = 0 }) => expect(page).toBeGreaterThan(150) },
  {
    name: 'people take their seats and answer check-ins',
    react: answers(47, ['page', 'check-in']),
    shows: (kinds) => expect(kinds['check-in'] ?? 0).toBeGreaterThan(100),
  },
  {
    name: 'people take their seats and fall silent',
    react: answers(130, ['page']),
    shows: ({ page = 0, 'check-in': checkIns = 0 }) => expect(Math.min(page, checkIns)).toBeGreaterThan(50),
  },
  {
    name: 'a small matter waits for the end of quiet hours',
    react: () => undefined,
    severity: 'MEDIUM',
    shows: ({ page = 0 }) => expect(page).toBeGreaterThan(50),
  },
  {
    name: 'a clock runs, and somebody takes the seat at once',
    react: answers(0, ['page', 'check-in']),
    shows: ({ clock = 0 }) => expect(clock).toBeGreaterThan(30),
  },
]

/** Long windows, so that a day and a half is not a thousand calls; quiet hours for the engineers. */
function directory(): Directory {
  const sample = sampleDirectory(new Seeded(3))
  const slow = (seat: Directory['policies'][number]['seats'][number]) => ({ ...seat, ackWithinSeconds: 1500 })
  const quiet = { from: '22:00', until: '07:00' }
  return {
    ...sample,
    responders: sample.responders.map((one) => (one.roles.includes(ENGINEER) ? { ...one, quietHours: quiet } : one)),
    policies: sample.policies.map((policy) => ({
      ...policy,
      checkInAfterSeconds: 1800,
      seats: policy.seats.map(slow),
    })),
  }
}

async function play({ react, severity }: Scenario, strides: number): Promise<Stride> {
  const stride = new Stride(EVENING, react)
  await stride.begin(directory())
  await stride.post({ ...BAD, ...(severity === undefined ? {} : { severity }) })
  for (let step = 0; step < strides; step += 1) await stride.advance((HOURS * HOUR_MS) / strides)
  return stride
}

describe('one stride of 36 hours is the same as 2,160 of one minute', () => {
  for (const scenario of SCENARIOS) {
    it(scenario.name, { timeout: 60_000 }, async () => {
      const one = await play(scenario, 1)
      const many = await play(scenario, HOURS * 60)
      const kinds = Object.entries(Object.groupBy(one.town.evidence.accepted, ({ message }) => message.kind))
      scenario.shows(Object.fromEntries(kinds.map(([kind, all]) => [kind, all?.length ?? 0])))
      expect(many.messages()).toEqual(one.messages())
    })
  }
})
