import type { Looked } from './looked.ts'
import { fail, judged, judgedThere, ok, strayed, type Verdict, warn } from './verdict.ts'

export interface MailAccountFacts {
  readonly isOutOfSandbox: boolean
  readonly isSending: boolean
  /** As SES says: `HEALTHY`, `PROBATION` or `SHUTDOWN`. */
  readonly enforcement: string
}

/** Of the sender's address, its domain, or a domain above that. */
export interface MailIdentityFacts {
  readonly isVerified: boolean
  /** Whether mails are signed with DKIM, and receivers can check it. */
  readonly isSigned: boolean
}

export interface MailDestinationFacts {
  readonly isEnabled: boolean
  readonly isEventBridge: boolean
}

const CASE = 'open a case with AWS from the account dashboard of SES'

/** Whether the account may send mails, to anybody. */
export function judgeMailAccount(account: Looked<MailAccountFacts>): Verdict[] {
  if (account.status !== 'seen') return [judged('SES account', account, () => ok('SES account'))]
  const { isOutOfSandbox, isSending, enforcement } = account.fact
  return [
    isOutOfSandbox
      ? ok('SES: out of the sandbox')
      : fail('SES: in the sandbox, reaches verified addresses only', 'request production access in SES'),
    isSending ? ok('SES: sending') : fail('SES: sending is switched off for the account', CASE),
    judgeEnforcement(enforcement),
  ]
}

function judgeEnforcement(enforcement: string): Verdict {
  const what = `SES: reputation ${enforcement}`
  if (enforcement === 'HEALTHY') return ok(what)
  return enforcement === 'SHUTDOWN' ? fail(what, CASE) : warn(what, 'see the reputation dashboard of SES')
}

/** The identities that may stand for a sender, nearest first: the address, its domain, the domains above. */
export function senderIdentities(mailFrom: string): string[] {
  const [, domain = mailFrom] = mailFrom.split('@')
  const labels = domain.split('.')
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
  return mailFrom.includes('@') ? [mailFrom, ...domains] : domains
}

/** Whether SES takes mails from the sender, and signs them. A verified domain is enough for each address below it. */
export function judgeSender(identities: readonly Looked<MailIdentityFacts | null>[]): Verdict[] {
  const known = identities.flatMap((one) => (one.status === 'seen' && one.fact !== null ? [one.fact] : []))
  if (!known.some(({ isVerified }) => isVerified)) return [notVerified(identities, known.length)]
  return [
    ok('sender of e-mails: verified'),
    known.some(({ isSigned }) => isSigned)
      ? ok('sender of e-mails: signed with DKIM')
      : warn('sender of e-mails: not signed with DKIM, mails may count as spam', 'set up DKIM for its domain in SES'),
  ]
}

function notVerified(identities: readonly Looked<MailIdentityFacts | null>[], known: number): Verdict {
  const unseen = identities.find(({ status }) => status !== 'seen')
  if (unseen) return judged('sender of e-mails', unseen, () => ok('sender of e-mails'))
  return known > 0
    ? fail(
        'sender of e-mails: not verified',
        'follow the link that SES mailed to it, or set the DNS records of its domain',
      )
    : fail('sender of e-mails: unknown to SES', 'create an identity for mailFrom or its domain in SES of this region')
}

/**
 * Whether mails leave by the stack's configuration set, and Muster hears what becomes of them.
 * @param sending whether the set may send; null when there is none.
 */
export function judgeMailConfigurationSet(
  sending: Looked<boolean | null>,
  destinations: Looked<readonly MailDestinationFacts[] | null>,
): Verdict[] {
  const what = 'configuration set of e-mails'
  const state = judgedThere(what, sending, (isOn) =>
    isOn ? ok(`${what}: sending`) : strayed(`${what}: sending is switched off`),
  )
  if (sending.status === 'seen' && sending.fact === null) return [state]
  const events = judgedThere(`${what}, its events`, destinations, (all) =>
    all.some(({ isEnabled, isEventBridge }) => isEnabled && isEventBridge)
      ? ok(`${what}: events go to EventBridge`)
      : strayed(`${what}: no events go to EventBridge, bounces are not heard of`),
  )
  return [state, events]
}
