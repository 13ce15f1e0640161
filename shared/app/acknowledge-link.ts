import { epochMs, type Instant, instantOf, plusSeconds } from '../core/time/instant.ts'
import type { LinkSigner, LinkVerifier } from '../ports/secrets.ts'
import { sha256 } from './rows/keys.ts'

/** A link lives this long, while the incident is open. */
export const LINK_LIVES_SECONDS = 24 * 3600

export interface LinkGrant {
  readonly incidentId: string
  readonly role: string
  readonly responderId: string
  /** The kind of channel it was sent on: e-mail asks for a code. */
  readonly channel: string
  readonly expiresAt: Instant
}

/** Names person, seat, incident and end, signed; URL-safe and short enough for a text message. */
export async function signLink(signer: LinkSigner, grant: Omit<LinkGrant, 'expiresAt'>, now: Instant): Promise<string> {
  const ends = Math.floor(epochMs(plusSeconds(now, LINK_LIVES_SECONDS)) / 1000).toString(36)
  const text = [grant.incidentId, grant.role, grant.responderId, grant.channel, ends].join('~')
  return `${text}~${await signer.sign(text)}`
}

const PART = /^[a-z0-9][a-z0-9-]{0,63}$/

/** What a link grants; null when it was forged or mangled. Whether it has expired is the caller's to ask. */
export async function readLink(verifier: LinkVerifier, token: string): Promise<LinkGrant | null> {
  const parts = token.split('~')
  const [incidentId, role, responderId, channel, ends, signature] = parts
  if (parts.length !== 6 || token.length > 512) return null
  if (!incidentId || !role || !responderId || !channel || !ends || !signature) return null
  if (![incidentId, role, responderId, channel, ends].every((part) => PART.test(part))) return null
  if (!(await verifier.verify(parts.slice(0, 5).join('~'), signature))) return null
  return { incidentId, role, responderId, channel, expiresAt: instantOf(Number.parseInt(ends, 36) * 1000) }
}

/** Links from e-mail ask for two digits that the mail shows: scanners that press buttons do not read them. */
export function codeOf(token: string, channel: string): string | null {
  if (channel !== 'email') return null
  return String(10 + (Number.parseInt(sha256(`code ${token}`).slice(0, 8), 16) % 90))
}
