import { cleanTitle } from '../core/findings/text.ts'
import { actorOf, isRoot, isUser } from './cloudtrail-identity.ts'
import { hasNoMfa, isDenied, isSignIn, type TrailCall } from './cloudtrail-traits.ts'
import type { WatchedCall } from './watched-call.ts'

/**
 * What happened and who did it, of calls that are watched, of sign-ins that failed, and of users who came in without a
 * second factor. Any other has the name of its call alone.
 */
export function trailTitle(call: TrailCall, watched: WatchedCall | null): string {
  return cleanTitle(isSignIn(call) ? signInTitle(call) : callTitle(call, watched), 512)
}

/** CloudTrail hides the name of a failed sign-in that is no user's; only the account is left then. */
function signInTitle(call: TrailCall): string {
  if (call.hasFailed) return `Failed console sign-in by ${isOnlyAccount(call) ? 'somebody' : whoIn(call)}`
  const isWithoutMfa = isUser(call.identity) && hasNoMfa(call)
  return isWithoutMfa ? `Console sign-in by ${whoIn(call)} without MFA` : call.eventName
}

function callTitle(call: TrailCall, watched: WatchedCall | null): string {
  if (watched === null) return call.eventName
  const what = `${call.eventName} by ${whoIn(call)}`
  if (!call.hasFailed) return what
  return isDenied(call) ? `Denied: ${what}` : `Failed: ${what}`
}

function whoIn(call: TrailCall): string {
  const who = actorOf(call.identity) ?? 'somebody'
  if (isOnlyAccount(call)) return `account ${who}`
  return isRoot(call.identity) ? 'root' : who
}

function isOnlyAccount({ identity }: TrailCall): boolean {
  return identity.accountId !== undefined && actorOf(identity) === identity.accountId
}
