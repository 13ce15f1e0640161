import type { Obligation } from '../core/clocks/obligation.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { MessageProvider } from '../ports/message-provider.ts'
import type { MessageTexts } from '../ports/message-texts.ts'
import type { Queues } from '../ports/queues.ts'
import type { LinkSigner, LinkVerifier, NoteCipher } from '../ports/secrets.ts'
import type { Table } from '../ports/table.ts'
import type { Random, RealTime, TimeSource } from '../ports/time.ts'
import type { DirectoryReader } from './directory-versions.ts'

/** What every use case needs from outside. Each function takes the part of it that it uses. */
export interface Dependencies {
  readonly table: Table
  readonly time: TimeSource
  readonly real: RealTime
  readonly random: Random
  readonly queues: Queues
  readonly directory: DirectoryReader
  readonly alarms: Alarms
  readonly obligations: readonly Obligation[]
}

/** What a sender needs beside. */
export interface SenderDependencies extends Dependencies {
  readonly provider: MessageProvider
  readonly signer: LinkSigner
  readonly texts: MessageTexts
  /** Where acknowledge links lead, without a slash at the end. */
  readonly publicUrl: string
  /** How many messages may be between provider and record at once: a crash there repeats at most so many. */
  readonly sendsAtOnce: number
  /** How long a claim holds, in real milliseconds: longer than the function may run. */
  readonly leaseMs: number
}

/** What sending itself uses: a sender puts nothing into a queue. */
export type SendingDependencies = Omit<SenderDependencies, 'queues'>

/** What the door for people needs beside. */
export interface DoorDependencies extends Omit<Dependencies, 'queues'> {
  readonly verifier: LinkVerifier
  /** For what a page hides in its form: a key of its own, since links are never signed at this door. */
  readonly forms: LinkSigner & LinkVerifier
  readonly cipher: NoteCipher
}
