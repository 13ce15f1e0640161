import type { Looked } from './looked.ts'
import { fail, judged, ok, type Verdict, warn } from './verdict.ts'

export interface StackFacts {
  /** As CloudFormation says, e.g. `UPDATE_COMPLETE`. */
  readonly status: string
  /** By name; those that are not set are empty. */
  readonly parameters: Readonly<Record<string, string>>
}

/** Whether the last deployment came to its end. */
export function judgeStack(stack: Looked<StackFacts>): Verdict {
  return judged('stack', stack, ({ status }) => judgeStatus(status, `stack: ${status}`))
}

function judgeStatus(status: string, what: string): Verdict {
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok(what)
  if (status.endsWith('_IN_PROGRESS')) return warn(what, 'it is being changed: run doctor again when that is done')
  if (status === 'ROLLBACK_COMPLETE')
    return fail(what, 'it was never complete: see its events, delete it, deploy again')
  if (status.endsWith('_ROLLBACK_COMPLETE')) {
    return warn(what, 'the last change was taken back: see its events, then deploy again')
  }
  return fail(what, 'see its events in CloudFormation, then deploy again')
}
