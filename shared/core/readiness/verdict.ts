import type { Looked } from './looked.ts'

/** One thing that was checked: how it is, and what to do about it; `fix` is null when nothing is to be done. */
export interface Verdict {
  readonly status: 'ok' | 'warn' | 'fail'
  readonly what: string
  readonly fix: string | null
}

const DEPLOY_AGAIN = 'deploy the stack again'

export function ok(what: string): Verdict {
  return { status: 'ok', what, fix: null }
}

export function warn(what: string, fix: string): Verdict {
  return { status: 'warn', what, fix }
}

export function fail(what: string, fix: string): Verdict {
  return { status: 'fail', what, fix }
}

/** Something that the stack makes is not there, or not as the stack made it. */
export function strayed(what: string): Verdict {
  return fail(what, DEPLOY_AGAIN)
}

/** What was seen is judged. What may not be looked at is unknown; what gave no answer may be broken. */
export function judged<T>(what: string, looked: Looked<T>, judge: (fact: T) => Verdict): Verdict {
  if (looked.status === 'seen') return judge(looked.fact)
  if (looked.status === 'not-allowed') return warn(what, `not allowed to look: add ${looked.action}`)
  return fail(what, `could not be looked at (${looked.why}): run doctor again`)
}

/** The same for something that should be there: what is gone fails. */
export function judgedThere<T>(what: string, looked: Looked<T | null>, judge: (fact: T) => Verdict): Verdict {
  return judged(what, looked, (fact) => (fact === null ? strayed(`${what}: does not exist`) : judge(fact)))
}
