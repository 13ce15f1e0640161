import type { Directory } from '../core/directory/directory.ts'
import type { Finding, UngradedFinding } from '../core/findings/finding.ts'
import { judgeFinding } from '../core/findings/judge.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Item, TableRead } from '../ports/table.ts'
import { batchRead, keyText } from './batch-read.ts'
import type { Dependencies } from './dependencies.ts'
import type { DirectoryVersion } from './directory-versions.ts'
import { groupHashOf, isUnchangedRepeat } from './intake.ts'
import type { IntakeMemory } from './intake-memory.ts'
import type { IntakeContext, Recorded } from './record-findings.ts'
import { type KnownFinding, readFinding } from './rows/finding-row.ts'
import { directoryPointerKey, findingKey, groupKey, headKey, incidentIdOf } from './rows/keys.ts'
import type { Patience } from './run-command.ts'

type Deps = Pick<Dependencies, 'table' | 'real' | 'directory'> & { readonly memory: IntakeMemory }

export interface IntakeDoor {
  readonly now: Instant
  readonly patience: Patience
  /** Whether somebody waits for the incident's severity: a repeat costs a read more then. */
  readonly tellsSeverity: boolean
}

/** What is read once for a whole batch of findings, and what becomes of them on the way. */
export interface Batch extends IntakeContext {
  readonly findings: readonly Finding[]
  readonly directoryVersion: DirectoryVersion
  readonly tellsSeverity: boolean
  readonly rows: ReadonlyMap<string, Item>
  /** Keys that were read and have no row. */
  readonly absent: ReadonlySet<string>
  readonly known: Map<string, KnownFinding>
  readonly recorded: Map<string, Recorded>
  /** Before any of it was read, by the count of the memory of incidents. */
  readonly readAt: number
}

const POINTER: TableRead = { table: 'incidents', key: directoryPointerKey }

/**
 * The findings as the directory judges them, with their rows, their groups and the heads they most likely belong to.
 * One request; where all that comes was seen before, only its rows: what proves to be news then costs one more.
 */
export async function readIntakeBatch(
  deps: Deps,
  ungraded: readonly UngradedFinding[],
  { now, patience, tellsSeverity }: IntakeDoor,
): Promise<Batch> {
  const readAt = deps.memory.incidents.now()
  // What to read of groups is guessed by the rules known so far: these reads are hints.
  const guess = deps.directory.latest()
  const guessed = judgeAll(ungraded, guess.directory, now)
  const asked = firstReads(deps, guessed, tellsSeverity)
  const rows = await batchRead(deps, asked)
  const more = readsForNews(deps, guessed, rows)
  if (more.length > 0) for (const [key, row] of await batchRead(deps, more)) rows.set(key, row)
  const all = [...asked, ...more].map(({ key }) => keyText(key))
  const isPointerRead = all.includes(keyText(directoryPointerKey))
  const pointer = rows.get(keyText(directoryPointerKey)) ?? null
  const version = isPointerRead ? await deps.directory.pointedAt(pointer) : guess
  const findings = version === guess ? guessed : judgeAll(ungraded, version.directory, now)
  return {
    now,
    patience,
    tellsSeverity,
    directory: version.directory,
    directoryVersion: version,
    findings,
    rows,
    absent: new Set(all.filter((key) => !rows.has(key))),
    known: knownIn(rows, findings),
    recorded: new Map(),
    readAt,
  }
}

/** Where a group's search begins, as far as the batch and this process know. */
export function newestEpisode({ memory }: Deps, groupHash: string, pointer: Item | undefined): number {
  return Math.max(Number(pointer?.episode ?? 1), memory.episodes.get(groupHash) ?? 1)
}

function judgeAll(findings: readonly UngradedFinding[], directory: Directory, now: Instant): Finding[] {
  return findings.map((finding) => judgeFinding(finding, directory, now).finding)
}

function firstReads(deps: Deps, findings: readonly Finding[], tellsSeverity: boolean): TableRead[] {
  const unseen = findings.filter(({ key }) => !deps.memory.seen.has(key))
  const withHead = tellsSeverity ? findings : unseen
  return [
    ...findings.map((finding): TableRead => ({ table: 'findings', key: findingKey(finding.key) })),
    ...withHead.map((finding) => headRead(incidentIdOf(groupHashOf(finding), episodeOf(deps, finding)))),
    ...unseen.map(groupRead),
    ...(unseen.length > 0 ? [POINTER] : []),
  ]
}

function readsForNews(deps: Deps, findings: readonly Finding[], rows: ReadonlyMap<string, Item>): TableRead[] {
  const known = knownIn(rows, findings)
  const news = findings.filter(
    (finding) => deps.memory.seen.has(finding.key) && !isUnchangedRepeat(finding, known.get(finding.key)),
  )
  const heads = news.map(
    (finding) => known.get(finding.key)?.incidentId ?? incidentIdOf(groupHashOf(finding), episodeOf(deps, finding)),
  )
  return news.length === 0 ? [] : [POINTER, ...news.map(groupRead), ...heads.map(headRead)]
}

function groupRead(finding: Finding): TableRead {
  return { table: 'incidents', key: groupKey(groupHashOf(finding)) }
}

function headRead(incidentId: string): TableRead {
  return { table: 'incidents', key: headKey(incidentId) }
}

function episodeOf(deps: Deps, finding: Finding): number {
  return newestEpisode(deps, groupHashOf(finding), undefined)
}

function knownIn(rows: ReadonlyMap<string, Item>, findings: readonly Finding[]): Map<string, KnownFinding> {
  return new Map(
    findings.flatMap(({ key }) => {
      const row = rows.get(keyText(findingKey(key)))
      const known = row === undefined ? null : readFinding(row)
      return known === null ? [] : [[key, known]]
    }),
  )
}
