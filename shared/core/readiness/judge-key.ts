import type { Looked } from './looked.ts'
import { fail, judged, judgedThere, ok, type Verdict, warn } from './verdict.ts'

export interface KeyFacts {
  /** As KMS says, e.g. `Enabled`. */
  readonly state: string
  /** Only keys that encrypt can be rotated; those that sign links cannot. */
  readonly canRotate: boolean
}

export interface KeyLooks {
  readonly logicalId: string
  /** What KMS calls it. */
  readonly keyId: string
  readonly key: Looked<KeyFacts | null>
  /** Null where nobody looked. */
  readonly rotates: Looked<boolean> | null
}

/** Whether a key can be used, and is renewed every year if it can be. */
export function judgeKey({ logicalId, keyId, key, rotates }: KeyLooks): Verdict[] {
  const what = `key ${logicalId}`
  const state = judgedThere(what, key, (facts) => judgeState(what, facts.state, keyId))
  if (rotates === null) return [state]
  const rotation = judged(`${what}, its rotation`, rotates, (isOn) =>
    isOn ? ok(`${what}: rotates`) : warn(`${what}: does not rotate`, `aws kms enable-key-rotation --key-id ${keyId}`),
  )
  return [state, rotation]
}

function judgeState(what: string, state: string, keyId: string): Verdict {
  if (state === 'Enabled') return ok(`${what}: enabled`)
  const enable = `aws kms enable-key --key-id ${keyId}`
  if (state === 'Disabled') return fail(`${what}: disabled`, enable)
  if (state === 'PendingDeletion') {
    return fail(
      `${what}: about to be deleted`,
      `at once: aws kms cancel-key-deletion --key-id ${keyId}, then ${enable}`,
    )
  }
  return fail(`${what}: ${state}`, 'see what KMS says of it')
}
