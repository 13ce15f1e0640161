import type { Directory } from '../core/directory/directory.ts'
import { type OnCallAnswer, responderOnCall, rotationOnCall } from '../core/directory/role-on-call.ts'
import type { Instant } from '../core/time/instant.ts'

/** By role, or by rotation. */
export type OnCallQuestion = { readonly role: string } | { readonly rotation: string }

/** Who is on call at an instant; null when the directory knows no such role or rotation. */
export function onCallView(directory: Directory, question: OnCallQuestion, at: Instant): OnCallAnswer | null {
  if ('role' in question)
    return isKnownRole(directory, question.role) ? responderOnCall(directory, question.role, at) : null
  const rotation = directory.rotations.find(({ id }) => id === question.rotation)
  return rotation ? rotationOnCall(directory, rotation, at) : null
}

function isKnownRole({ policies, responders }: Directory, role: string): boolean {
  const hasSeat = policies.some(({ seats }) => seats.some((seat) => seat.role === role))
  return hasSeat || responders.some(({ roles }) => roles.includes(role))
}
