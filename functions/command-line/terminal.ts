import type { Instant } from '../../shared/core/time/instant.ts'
import type { DeployedAccount } from '../../shared/ports/deployed-account.ts'

/** 0 fine, 1 found something, 2 bad input. */
export type ExitCode = 0 | 1 | 2

/** What a verb needs of the machine that it runs on. */
export interface Terminal {
  /** A line, or several, to the standard output. */
  readonly print: (text: string) => void
  /** To the standard error output. */
  readonly complain: (text: string) => void
  /** Rejects when the file cannot be read. */
  readonly read: (path: string) => Promise<string>
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Where Muster answers, without a slash at the end. */
  readonly url: string
  /** Whether somebody said where that is. */
  readonly isUrlGiven: boolean
  readonly now: () => Instant
  /** AWS in that region, or in the one that the machine is set up for; null when it is set up for none. */
  readonly account: (region: string | undefined) => Promise<DeployedAccount | null>
  /** What is being done, for whoever waits; null when that is over. */
  readonly progress: (what: string | null) => void
}
