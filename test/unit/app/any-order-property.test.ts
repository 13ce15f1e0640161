import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  COURSE,
  type Course,
  type Ended,
  live,
  ROUND,
  SEV2_ROLES,
  TAKING,
  type Taking,
  takersOf,
} from './any-order-life.ts'
import { type Form, groupOf, nameOf, updatedAfter, type Version, WORLDS, type WorldFinding } from './any-order-world.ts'

// The same deliveries live twice, each time in an order, with copies, in batches and with dispatches of their own. Both
// ends must be what the world alone says, so that they are the same. What may differ, and why:
//
// - How severe an incident is, between two bounds, where a version that pages is less severe than one before it, or pages
//   no more: of a version that comes after a newer one nothing is written, so that the worse one is not always seen.
// - An incident's title, and the order of its record: the first finding and the first worse one give them.
// - Who is called first for a seat: whoever holds a seat elsewhere by then is passed over.
// - Whether somebody is called at all for a seat that is taken: not where it was taken before anybody could be.
// - Which wrappings have a version on a finding's row: one that says what another has said already is not written.
// - A finding's number of revisions: copies that come before a newer version count, later ones do not.

const RUNS = Number(process.env.ANY_ORDER_RUNS ?? 70)
const SEED = Number(process.env.ANY_ORDER_SEED ?? Date.now() % 2 ** 31)
const timeout = 60_000 + RUNS * 1000

type Given = readonly [world: readonly WorldFinding[], takings: readonly Taking[], one: Course, other: Course]
type Lives = { readonly world: readonly WorldFinding[]; readonly takings: readonly Taking[]; readonly ends: Ended[] }

/** Every test looks at the same lives. */
const LIVED = new Map<string, Promise<Ended[]>>()

function bothLives(...[world, takings, one, other]: Given): Promise<Ended[]> {
  const given = JSON.stringify([world, takings, one, other])
  const known =
    LIVED.get(given) ?? Promise.all([live(world, takings, one, 'one'), live(world, takings, other, 'other')])
  LIVED.set(given, known)
  return known
}

/** @param examples are tried before all others. */
async function inEveryOrder(examples: readonly Given[], check: (lives: Lives) => void): Promise<void> {
  const property = fc.asyncProperty(WORLDS, fc.array(TAKING, { maxLength: 4 }), COURSE, COURSE, async (...given) => {
    check({ world: given[0], takings: given[1], ends: await bothLives(...given) })
  })
  await fc.assert(property, { numRuns: RUNS, seed: SEED, examples: [...examples] })
}

type Arriving = readonly [form: Form, number: number, severity: Version['severity'], state: Version['state']]

/** One finding of which versions arrive in this order, each in a batch of its own. */
function oneFinding(given: Partial<Course>, ...arriving: readonly Arriving[]): Given {
  const versions = new Map<number, Version>()
  for (const [place, [form, count, severity, state]] of arriving.entries()) {
    const before = versions.get(count)?.copies ?? {}
    const moments = [...(before[form]?.one ?? []), given.isAtOnce ? place : place * ROUND]
    const copies = { ...before, [form]: { one: moments, other: moments } }
    versions.set(count, { count, severity, state, updatedAt: updatedAfter(count), copies })
  }
  const inOrder = [...versions.values()].sort((a, b) => a.count - b.count)
  const about = { source: 'guardduty', account: '444455556666', user: 'ana', purpose: 'Discovery' } as const
  const course = { sizes: [1], processes: [0], isAtOnce: false, isPacked: false, dispatches: [], ...given }
  return [[{ ...about, id: '0'.repeat(32), isNoise: false, versions: inOrder }], [], course, course]
}
const ONE_BY_ONE: Partial<Course> = {}
const AT_ONCE: Partial<Course> = { isAtOnce: true }
const FIRST_DISPATCHED: Partial<Course> = { dispatches: [{ moment: 0, group: 0, sends: false }] }

const doesPage = ({ isNoise }: WorldFinding, { state, severity }: Version): boolean =>
  state === 'active' && (severity === 'CRITICAL' || (severity === 'HIGH' && !isNoise))
const pagingOf = (one: WorldFinding): Version[] => one.versions.filter((version) => doesPage(one, version))
const everPages = (one: WorldFinding): boolean => pagingOf(one).length > 0
const newestOf = (one: WorldFinding): Version => one.versions.at(-1) as Version
const keysOf = ({ keys }: Ended, one: WorldFinding): string[] => [...(keys.get(nameOf(one)) ?? [])]
const rowOf = (end: Ended, one: WorldFinding) => end.rows.get(keysOf(end, one)[0] ?? '')

/** Of each group that pages: its findings that ever do. */
function expectedIncidents(world: readonly WorldFinding[]): Map<string, WorldFinding[]> {
  return Map.groupBy(world.filter(everPages), groupOf)
}

function incidentOf(end: Ended, findings: readonly WorldFinding[]) {
  const own = JSON.stringify(findings.flatMap((one) => keysOf(end, one)).sort())
  return end.incidents.find((incident) => JSON.stringify(incident.findings) === own)
}

/** Any version that pages may be the first to count; a newest one always counts. */
function severityBounds(findings: readonly WorldFinding[]): [least: string, most: string] {
  const called = (versions: readonly Version[]) =>
    versions.map(({ severity }) => (severity === 'CRITICAL' ? 'SEV1' : 'SEV2'))
  const leastOf = (one: WorldFinding) =>
    doesPage(one, newestOf(one)) ? called([newestOf(one)]) : called(pagingOf(one)).sort().slice(-1)
  return [findings.flatMap(leastOf).sort()[0] ?? '', called(findings.flatMap(pagingOf)).sort()[0] ?? '']
}

describe('in any order, duplication and batching of the same deliveries', { timeout }, () => {
  it('one id is one finding in every wrapping, and two ids never are', async () => {
    await inEveryOrder([], ({ world, ends }) => {
      for (const end of ends) {
        const all = world.map((one) => keysOf(end, one))
        expect(all.map((own) => own.length)).toEqual(world.map(() => 1))
        expect(new Set(all.flat()).size).toBe(world.length)
        expect([...end.rows.keys()].sort()).toEqual(all.flat().sort())
      }
    })
  })

  it('each group of which anything ever pages has one incident, with whatever of it ever does', async () => {
    await inEveryOrder([], ({ world, ends }) => {
      const expected = expectedIncidents(world)
      for (const end of ends) {
        expect(end.incidents.map(({ state }) => state.status)).toEqual([...expected].map(() => 'open'))
        for (const findings of expected.values()) {
          const incident = incidentOf(end, findings)
          expect(incident?.state).toMatchObject({ findingCount: findings.length, episode: 1, mergedInto: null })
          for (const one of findings) expect(rowOf(end, one)?.incidentId).toBe(incident?.state.id)
        }
        expect(world.filter((one) => rowOf(end, one)?.incidentId !== null)).toEqual(world.filter(everPages))
        expect(end.faults).toEqual([])
      }
      const [ids, others] = ends.map(({ incidents }) => incidents.map(({ state }) => state.id))
      expect(others).toEqual(ids)
    })
  })

  it('whoever takes a seat has it, and nobody else', async () => {
    await inEveryOrder([], ({ world, takings, ends }) => {
      const takers = takersOf(world, takings)
      for (const [group, findings] of expectedIncidents(world)) {
        for (const { role, holder } of ends.flatMap((end) => incidentOf(end, findings)?.state.seats ?? [])) {
          const taker = takers.get(`${group} ${role}`)
          expect(holder).toBe(taker ? `${role}-${taker.person}` : null)
        }
      }
    })
  })

  it('each seat that the severity asks for is called for once, at most once where somebody takes it', async () => {
    await inEveryOrder([], ({ ends }) => {
      for (const { state, pagesByRole } of ends.flatMap(({ incidents }) => incidents)) {
        const more = state.severity === 'SEV1' ? ['communications-coordinator', 'legal-counsel'] : []
        expect(state.seats.map(({ role }) => role).sort()).toEqual([...SEV2_ROLES, ...more].sort())
        for (const { role, holder } of state.seats) {
          const pages = pagesByRole[role] ?? 0
          expect([role, pages]).toEqual([role, holder === null ? 1 : Math.min(pages, 1)])
        }
      }
    })
  })

  // The severity of what does not page is not the worst that was seen: what pages later must still be worse.
  const worseAsideFirst = oneFinding(
    ONE_BY_ONE,
    ['guardduty', 1, 'CRITICAL', 'archived'],
    ['guardduty', 2, 'HIGH', 'active'],
    ['guardduty', 3, 'CRITICAL', 'active'],
  )
  const worseAsideInOneBatch = oneFinding(
    { sizes: [3], isAtOnce: true },
    ['guardduty', 1, 'HIGH', 'active'],
    ['ocsf', 2, 'CRITICAL', 'resolved'],
    ['guardduty', 3, 'CRITICAL', 'active'],
  )
  it('an incident is at least as severe as each newest version, and no more than the worst ever was', async () => {
    await inEveryOrder([worseAsideFirst, worseAsideInOneBatch], ({ world, ends }) => {
      for (const findings of expectedIncidents(world).values()) {
        const [least, most] = severityBounds(findings)
        for (const end of ends) {
          const severity = incidentOf(end, findings)?.state.severity ?? ''
          expect([most, severity, least].toSorted()).toEqual([most, severity, least])
        }
      }
    })
  })

  // A finding that was set aside has a row; its incident, of which nothing is dispatched yet, must hear of it too.
  const beforeDispatch = oneFinding(
    ONE_BY_ONE,
    ['guardduty', 1, 'HIGH', 'archived'],
    ['guardduty', 2, 'HIGH', 'active'],
    ['guardduty', 3, 'HIGH', 'archived'],
  )
  // Neither knows of the other: what is set aside must not be lost under what is dispatched,
  const atOnce = oneFinding(AT_ONCE, ['guardduty', 1, 'HIGH', 'active'], ['asff', 2, 'HIGH', 'archived'])
  // nor under what is set aside a moment later.
  const asideAtOnce = oneFinding(AT_ONCE, ['asff', 2, 'HIGH', 'resolved'], ['asff', 1, 'HIGH', 'archived'])
  // A repeat that says no more is noted on the row only, over which what was committed before it is dispatched.
  const notedBeforeDispatch = oneFinding(
    FIRST_DISPATCHED,
    ['ocsf', 1, 'CRITICAL', 'active'],
    ['asff', 2, 'HIGH', 'active'],
    ['ocsf', 3, 'CRITICAL', 'active'],
  )
  it('the newest version of each finding is known', async () => {
    await inEveryOrder([beforeDispatch, atOnce, asideAtOnce, notedBeforeDispatch], ({ world, ends }) => {
      for (const [end, one] of ends.flatMap((each) => world.map((found) => [each, found] as const))) {
        const versions = Object.values(rowOf(end, one)?.versions ?? {})
        const [known] = versions.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
        const { updatedAt, state } = newestOf(one)
        expect(known).toMatchObject({ updatedAt, state })
      }
    })
  })

  // An older version may be written because it pages, or because its wrapping had not said so before: it is not shown.
  const olderPages = oneFinding(ONE_BY_ONE, ['asff', 2, 'HIGH', 'archived'], ['asff', 1, 'HIGH', 'active'])
  const olderSaysMore = oneFinding(ONE_BY_ONE, ['ocsf', 2, 'HIGH', 'active'], ['asff', 1, 'HIGH', 'archived'])
  it('what is shown of each finding is its newest version', async () => {
    await inEveryOrder([olderPages, olderSaysMore], ({ world, ends }) => {
      for (const [end, one] of ends.flatMap((each) => world.map((found) => [each, found] as const))) {
        const { severity, updatedAt, state } = newestOf(one)
        expect(rowOf(end, one)?.finding).toMatchObject({ severity, version: { updatedAt, state } })
      }
    })
  })

  // The second says what the first has said, and must not be taken for a return to active after the third: where the
  // incident is closed by then, a mere copy would open the next one and call people.
  const copyAfterOlder = oneFinding(
    ONE_BY_ONE,
    ['ocsf', 2, 'HIGH', 'active'],
    ['asff', 2, 'HIGH', 'active'],
    ['asff', 1, 'HIGH', 'archived'],
  )
  const copyBeforeNewer = oneFinding(
    ONE_BY_ONE,
    ['asff', 1, 'HIGH', 'active'],
    ['ocsf', 2, 'HIGH', 'resolved'],
    ['asff', 2, 'HIGH', 'resolved'],
    ['ocsf', 3, 'HIGH', 'active'],
  )
  // Worse, but set aside: only what pages is a raise, which is one without a later instant too.
  const worseAsideAgain = oneFinding(
    ONE_BY_ONE,
    ['asff', 1, 'HIGH', 'active'],
    ['asff', 2, 'CRITICAL', 'archived'],
    ['asff', 2, 'CRITICAL', 'archived'],
  )
  it('once all has arrived, all of it again changes nothing', async () => {
    await inEveryOrder([copyAfterOlder, copyBeforeNewer, worseAsideAgain], ({ ends }) => {
      for (const { changedByRepeats } of ends) expect(changedByRepeats).toEqual([])
    })
  })
})
