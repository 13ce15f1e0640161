import type { Looked } from '../../../../shared/core/readiness/looked.ts'
import type { Verdict } from '../../../../shared/core/readiness/verdict.ts'

export function seen<T>(fact: T): Looked<T> {
  return { status: 'seen', fact }
}

export const DENIED: Looked<never> = { status: 'not-allowed', action: 'a:Look' }
export const SILENT: Looked<never> = { status: 'unseen', why: 'TimeoutError' }
/** How a verdict on these ends. */
export const ADD = 'not allowed to look: add a:Look'
export const AGAIN = 'could not be looked at (TimeoutError): run doctor again'

/** `fail key: disabled — enable it` */
export function line({ status, what, fix }: Verdict): string {
  return `${status} ${what}${fix === null ? '' : ` — ${fix}`}`
}
