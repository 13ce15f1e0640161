import * as z from 'zod'
import { type FilePath, type Problem, pathText } from './directory-problem.ts'

/**
 * What the checks across the file need, taken as far as it can be read: so that a wrong address in one line does not
 * hide an unknown name in another.
 */
const word = z.string().nullable().catch(null)
const words = z.array(word).catch([])
const part = <T extends z.ZodRawShape>(shape: T) => z.array(z.object(shape).nullable().catch(null)).catch([])
const NO_RULES = { severities: [], groups: [], suppressions: [] }
const sketchOf = z
  .object({
    responders: part({ id: word, roles: words, channels: part({ id: word }), absences: part({ deputy: word }) }),
    rotations: part({ id: word, responders: words, overrides: part({ responder: word }) }),
    policies: part({
      severity: word,
      seats: part({ role: word, candidates: part({ rotation: word, responder: word }) }),
    }),
    accounts: part({ id: word, entities: part({ id: word }) }),
    findings: z
      .object({
        severities: part({ id: word }),
        groups: part({ id: word }),
        suppressions: part({ id: word, owner: word }),
      })
      .catch(NO_RULES),
  })
  .catch({ responders: [], rotations: [], policies: [], accounts: [], findings: NO_RULES })
type Sketch = z.infer<typeof sketchOf>

/** What is wrong between parts of the file that may each be right: unknown names, names used twice, seats for nobody. */
export function referenceProblems(content: unknown): Problem[] {
  const sketch = sketchOf.parse(content)
  return [...repeated(sketch), ...unknownNames(sketch), ...ownDeputies(sketch), ...emptySeats(sketch)]
}

function repeated({ responders, rotations, policies, accounts, findings }: Sketch): Problem[] {
  const within = <T>(list: string, each: readonly T[], find: (one: T, path: FilePath) => Problem[]) =>
    each.flatMap((one, index) => find(one, [list, index]))
  return [
    ...twice(['responders'], 'id', responders),
    ...twice(['rotations'], 'id', rotations),
    ...twice(['policies'], 'severity', policies),
    ...twice(['accounts'], 'id', accounts),
    ...twice(['findings', 'severities'], 'id', findings.severities),
    ...twice(['findings', 'groups'], 'id', findings.groups),
    ...twice(['findings', 'suppressions'], 'id', findings.suppressions),
    ...within('responders', responders, (one, path) => twice([...path, 'channels'], 'id', one?.channels)),
    ...within('policies', policies, (one, path) => twice([...path, 'seats'], 'role', one?.seats)),
    ...within('accounts', accounts, (one, path) => twice([...path, 'entities'], 'id', one?.entities)),
  ]
}

function twice<K extends string>(
  list: FilePath,
  key: K,
  entries: readonly ({ readonly [key in K]: string | null } | null)[] = [],
): Problem[] {
  const first = new Map<string, FilePath>()
  return entries.flatMap((entry, index) => {
    const name = entry?.[key] ?? null
    if (name === null) return []
    const path = [...list, index, key]
    const before = first.get(name)
    if (!before) first.set(name, path)
    return before ? [{ path, found: `"${name}" again`, expected: `another than at ${pathText(before)}` }] : []
  })
}

interface Reference {
  readonly path: FilePath
  readonly name: string | null
}

function unknownNames(sketch: Sketch): Problem[] {
  const idsOf = (entries: readonly ({ id: string | null } | null)[]) =>
    entries.flatMap((entry) => (entry?.id ? [entry.id] : []))
  return [
    ...unknown(responderReferences(sketch), idsOf(sketch.responders), 'the id of a responder in this file'),
    ...unknown(rotationReferences(sketch), idsOf(sketch.rotations), 'the id of a rotation in this file'),
  ]
}

function unknown(references: readonly Reference[], known: readonly string[], expected: string): Problem[] {
  const ids = new Set(known)
  return references.flatMap(({ path, name }) =>
    name === null || ids.has(name) ? [] : [{ path, found: `"${name}"`, expected, hint: { word: name, known } }],
  )
}

function responderReferences(sketch: Sketch): Reference[] {
  return [
    ...sketch.responders.flatMap((one, at) =>
      (one?.absences ?? []).map((each, index) => ({
        path: ['responders', at, 'absences', index, 'deputy'],
        name: each?.deputy ?? null,
      })),
    ),
    ...sketch.rotations.flatMap((one, at) => [
      ...(one?.responders ?? []).map((name, index) => ({ path: ['rotations', at, 'responders', index], name })),
      ...(one?.overrides ?? []).map((each, index) => ({
        path: ['rotations', at, 'overrides', index, 'responder'],
        name: each?.responder ?? null,
      })),
    ]),
    ...candidateReferences(sketch, 'responder'),
    ...sketch.findings.suppressions.map((one, index) => ({
      path: ['findings', 'suppressions', index, 'owner'],
      name: one?.owner ?? null,
    })),
  ]
}

function rotationReferences(sketch: Sketch): Reference[] {
  return candidateReferences(sketch, 'rotation')
}

function candidateReferences(sketch: Sketch, kind: 'rotation' | 'responder'): Reference[] {
  return sketch.policies.flatMap((policy, at) =>
    (policy?.seats ?? []).flatMap((seat, place) =>
      (seat?.candidates ?? []).map((candidate, index) => ({
        path: ['policies', at, 'seats', place, 'candidates', index, kind],
        name: candidate?.[kind] ?? null,
      })),
    ),
  )
}

function ownDeputies(sketch: Sketch): Problem[] {
  return sketch.responders.flatMap((one, at) =>
    (one?.absences ?? []).flatMap((absence, index) => {
      if (!one?.id || absence?.deputy !== one.id) return []
      const path = ['responders', at, 'absences', index, 'deputy']
      return [{ path, found: `"${one.id}", who is absent`, expected: 'somebody else, or null' }]
    }),
  )
}

/** A seat without candidates goes to everybody with its role; where nobody has it, it would ring nowhere. */
function emptySeats(sketch: Sketch): Problem[] {
  const held = new Set(sketch.responders.flatMap((one) => one?.roles ?? []))
  return sketch.policies.flatMap((policy, at) =>
    (policy?.seats ?? []).flatMap((seat, place) => {
      if (!seat?.role || seat.candidates.length > 0 || held.has(seat.role)) return []
      const path = ['policies', at, 'seats', place, 'candidates']
      return [
        {
          path,
          found: 'a seat that nobody can fill',
          expected: `a candidate, or a responder with the role ${seat.role}`,
        },
      ]
    }),
  )
}
