import type { Delivery } from '../core/incident/commands.ts'
import type { Item } from '../ports/table.ts'
import type { SenderDependencies } from './dependencies.ts'
import { effectKey } from './rows/keys.ts'

/** The right to send one message, for as long as the lease holds (real time, never Muster's). */
export interface Claim {
  readonly effectId: string
  /** Counts takeovers: a result counts only from the last one. */
  readonly takeover: number
  readonly startedMs: number
}

export type ClaimOutcome =
  | { readonly status: 'claimed'; readonly claim: Claim; readonly triedBefore: number }
  /** Somebody else has it: come back then. */
  | { readonly status: 'held'; readonly untilMs: number }
  /** The provider has answered, or the message was withheld: at most the record is left to be made. */
  | { readonly status: 'answered'; readonly delivery: Delivery }

type Deps = Pick<SenderDependencies, 'table' | 'real' | 'leaseMs'>

/** Takes the claim on an effect: a new one, or an expired one without a result. */
export async function claimEffect(deps: Deps, effectId: string): Promise<ClaimOutcome> {
  const startedMs = deps.real.nowMs()
  const fresh = { ...effectKey(effectId), takeover: 1, leaseUntilMs: startedMs + deps.leaseMs, tries: 0 }
  if (await deps.table.put('incidents', fresh, [{ kind: 'absent' }])) {
    return { status: 'claimed', claim: { effectId, takeover: 1, startedMs }, triedBefore: 0 }
  }
  const row = await deps.table.get('incidents', effectKey(effectId))
  if (row === null) return { status: 'held', untilMs: startedMs }
  return answered(row) ?? takeOver(deps, effectId, row, startedMs)
}

function answered(row: Item): ClaimOutcome | null {
  if (typeof row.answer !== 'string') return null
  return { status: 'answered', delivery: JSON.parse(row.answer) as Delivery }
}

async function takeOver(deps: Deps, effectId: string, row: Item, startedMs: number): Promise<ClaimOutcome> {
  const leaseUntilMs = Number(row.leaseUntilMs)
  if (leaseUntilMs > startedMs) return { status: 'held', untilMs: leaseUntilMs }
  const takeover = Number(row.takeover) + 1
  const set = { takeover, leaseUntilMs: startedMs + deps.leaseMs }
  const taken = await deps.table.update('incidents', effectKey(effectId), { set }, [sameTakeover(takeover - 1)])
  if (!taken) return { status: 'held', untilMs: startedMs + deps.leaseMs }
  return { status: 'claimed', claim: { effectId, takeover, startedMs }, triedBefore: Number(row.tries) }
}

/** Past half of its lease a sender does not call the provider any more: somebody else may take over meanwhile. */
export function mayStillCall(deps: Pick<Deps, 'real' | 'leaseMs'>, claim: Claim): boolean {
  return deps.real.nowMs() - claim.startedMs < deps.leaseMs / 2
}

/** Puts the answer on the claim's row; false when somebody has taken over. */
export function writeAnswer({ table }: Pick<Deps, 'table'>, claim: Claim, delivery: Delivery): Promise<boolean> {
  const set = { answer: JSON.stringify(delivery) }
  return table.update('incidents', effectKey(claim.effectId), { set }, [sameTakeover(claim.takeover)])
}

/** Gives the claim up after a failed try, so that the next one need not wait for the lease. */
export function giveUpClaim(
  { table, real }: Pick<Deps, 'table' | 'real'>,
  claim: Claim,
  tries: number,
): Promise<boolean> {
  const set = { leaseUntilMs: real.nowMs(), tries }
  return table.update('incidents', effectKey(claim.effectId), { set }, [sameTakeover(claim.takeover)])
}

function sameTakeover(takeover: number) {
  return { kind: 'equal', attribute: 'takeover', value: takeover } as const
}
