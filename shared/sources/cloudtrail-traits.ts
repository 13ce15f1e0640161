import { FINDING_SEVERITIES } from '../core/severity/severity.ts'
import { isByService, isRoot, isUser, type UserIdentity } from './cloudtrail-identity.ts'
import { WATCHED_API_CALLS } from './watched-api-calls.ts'
import type { WatchedCall } from './watched-call.ts'
import { fitsOnly } from './watched-conditions.ts'

/** What traits are made of. */
export interface TrailCall {
  readonly eventSource: string
  readonly eventName: string
  readonly identity: UserIdentity
  readonly accountId: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly errorCode: string | undefined
  readonly hasFailed: boolean
  readonly isReadOnly: boolean
  /** `Yes` or `No`, of a sign-in. */
  readonly mfaUsed: string | undefined
}

const DENIED = /denied|unauthori[sz]ed|forbidden/i
const GRAVE = ['CRITICAL', 'HIGH']

/** The worst reason for which this call is watched; null for a routine call, as are those that services make. */
export function watchedAs(call: TrailCall): WatchedCall | null {
  if (isByService(call.identity)) return null
  const fitting = WATCHED_API_CALLS.filter(
    ({ eventSource, eventName, only }) =>
      eventName === call.eventName &&
      eventSource === call.eventSource &&
      fitsOnly(only, call.parameters, callerOf(call)),
  )
  const worst = FINDING_SEVERITIES.find((severity) => fitting.some((one) => one.severity === severity))
  return fitting.find((one) => one.severity === worst) ?? null
}

function callerOf({ identity, accountId }: TrailCall) {
  return { isRoot: isRoot(identity), userName: isUser(identity) ? identity.userName : undefined, accountId }
}

/** The call was not allowed. */
export function isDenied({ hasFailed, errorCode }: TrailCall): boolean {
  return hasFailed && DENIED.test(errorCode ?? '')
}

export function isSignIn({ eventSource, eventName }: TrailCall): boolean {
  return eventSource === 'signin.amazonaws.com' && eventName === 'ConsoleLogin'
}

/** In the order in which they matter; what each says is in the docstring of the source. */
export function trailTraits(call: TrailCall, watched: WatchedCall | null): string[] {
  const { identity, hasFailed } = call
  const denied = isDenied(call)
  const said: [boolean, string][] = [
    [isRoot(identity), 'root-user'],
    [isSignIn(call), 'console-login'],
    [hasNoMfa(call), 'no-mfa'],
    [hasFailed, 'failed'],
    [denied, 'denied'],
    [isAcross(call), 'cross-account'],
    [isByService(identity), 'by-aws-service'],
    [call.isReadOnly, 'read-only'],
    ...signInTraits(call),
    [watched !== null, 'watched-call'],
    [watched !== null && !hasFailed, `watched-${watched?.severity.toLowerCase()}`],
    [denied && GRAVE.includes(watched?.severity ?? ''), 'watched-denied'],
  ]
  return said.flatMap(([is, trait]) => (is ? [trait] : []))
}

/** Rules ask for one trait, so that what only matters together has a word of its own. */
function signInTraits(call: TrailCall): [boolean, string][] {
  const root = isRoot(call.identity)
  const failedSignIn = isSignIn(call) && call.hasFailed
  return [
    [root && failedSignIn, 'root-sign-in-failed'],
    [root && !failedSignIn && hasNoMfa(call), 'root-without-mfa'],
    [isUser(call.identity) && isSignIn(call) && !call.hasFailed && hasNoMfa(call), 'sign-in-without-mfa'],
  ]
}

/** Only of root and users: a session's second factor was asked for where it began, which CloudTrail does not know. */
export function hasNoMfa({ identity, mfaUsed }: TrailCall): boolean {
  if (!isRoot(identity) && !isUser(identity)) return false
  return (mfaUsed ?? identity.sessionContext.attributes.mfaAuthenticated)?.toLowerCase() === (mfaUsed ? 'no' : 'false')
}

function isAcross({ identity, accountId }: TrailCall): boolean {
  const own = identity.accountId
  return !isByService(identity) && own !== undefined && /^\d{12}$/.test(own) && own !== accountId
}
