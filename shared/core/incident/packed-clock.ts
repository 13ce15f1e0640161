import type { Clock, Stage } from './state.ts'

/** The values of a stage in a fixed order. */
export type PackedStage = readonly [
  id: Stage['id'],
  status: Stage['status'],
  anchorName: Stage['anchor']['name'],
  anchorAt: Stage['anchor']['at'],
  anchorBasis: Stage['anchor']['basis'],
  dueAt: Stage['dueAt'],
  safeDueAt: Stage['safeDueAt'],
  warned: Stage['warned'],
  lastSubmission: Stage['lastSubmission'],
]

/** The values of a clock in a fixed order: without the names of its fields many clocks fit into a head. */
export type PackedClock = readonly [
  id: Clock['id'],
  obligationId: Clock['obligationId'],
  entityId: Clock['entityId'],
  role: Clock['role'],
  status: Clock['status'],
  stages: readonly PackedStage[],
]

export function packClock({ id, obligationId, entityId, role, status, stages }: Clock): PackedClock {
  return [id, obligationId, entityId, role, status, stages.map(packStage)]
}

export function unpackClock([id, obligationId, entityId, role, status, stages]: PackedClock): Clock {
  return { id, obligationId, entityId, role, status, stages: stages.map(unpackStage) }
}

function packStage({ id, status, anchor, dueAt, safeDueAt, warned, lastSubmission }: Stage): PackedStage {
  return [id, status, anchor.name, anchor.at, anchor.basis, dueAt, safeDueAt, warned, lastSubmission]
}

function unpackStage(packed: PackedStage): Stage {
  const [id, status, name, at, basis, dueAt, safeDueAt, warned, lastSubmission] = packed
  return { id, status, anchor: { name, at, basis }, dueAt, safeDueAt, warned, lastSubmission }
}
