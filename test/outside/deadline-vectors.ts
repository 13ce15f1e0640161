import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { OBLIGATIONS } from '../../shared/content/obligations/catalogue.ts'
import { computeDeadline } from '../../shared/core/clocks/deadline.ts'
import { parseInstant } from '../../shared/core/time/instant.ts'

// Deadlines that others computed, kept outside this project, against ours, for the obligations of the catalogue.
// `node test/outside/deadline-vectors.ts [folder]`, the folder being $MUSTER_OUTSIDE or ../shared.

const ANY_VECTOR = z.looseObject({ obligationId: z.string() })
const INSTANT = z.iso.datetime({ offset: true }).transform(parseInstant)
const VECTOR = z.object({
  id: z.string(),
  obligationId: z.string(),
  stageId: z.string(),
  anchor: z.object({ at: INSTANT }),
  zone: z.string(),
  dueAt: INSTANT,
  safeDueAt: INSTANT.optional(),
})
type Vector = z.infer<typeof VECTOR>

process.exitCode = main(process.argv[2] ?? process.env.MUSTER_OUTSIDE ?? '../shared')

function main(folder: string): number {
  const file = join(folder, 'facts', 'deadline-vectors.json')
  if (!existsSync(file)) {
    console.error(`no deadlines in ${file}`)
    return 2
  }
  const known = new Set<string>(OBLIGATIONS.map(({ id }) => id))
  const all = z.array(ANY_VECTOR).parse(JSON.parse(readFileSync(file, 'utf8')))
  const ours = z.array(VECTOR).parse(all.filter(({ obligationId }) => known.has(obligationId)))
  const failures = ours.map(failuresOf)
  for (const line of failures.flat()) console.log(line)
  const failed = failures.filter((lines) => lines.length > 0).length
  console.log(`${ours.length - failed} passed, ${failed} failed`)
  return failed === 0 && ours.length > 0 ? 0 : 1
}

/** One line per instant that differs; none when the vector holds. */
function failuresOf({ id, obligationId, stageId, anchor, zone, dueAt, safeDueAt }: Vector): readonly string[] {
  const stages = OBLIGATIONS.find((obligation) => obligation.id === obligationId)?.stages ?? []
  const stage = stages.find((one) => one.id === stageId)
  if (!stage) return [`FAIL ${id} stage expected=${stageId} actual=none`]
  const actual = computeDeadline(stage, anchor.at, zone)
  const compared = [
    { field: 'dueAt', expected: dueAt, actual: actual.dueAt },
    { field: 'safeDueAt', expected: safeDueAt ?? actual.safeDueAt, actual: actual.safeDueAt },
  ]
  return compared
    .filter((one) => one.expected !== one.actual)
    .map((one) => `FAIL ${id} ${one.field} expected=${one.expected} actual=${one.actual}`)
}
