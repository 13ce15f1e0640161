import type { Envelope, Parsed } from './parsed.ts'

/** One kind of event of AWS (or of other tooling), and how it becomes a finding. */
export interface Source {
  /** How it stands in an event of the bus; `*` stands for any source, or for any detail-type of that source. */
  readonly events: readonly { readonly source: string; readonly detailType: string }[]
  /** Keys of `detail`, any of which may hold the list of findings; left out where `detail` is the finding. */
  readonly inside?: readonly string[]
  /**
   * Whether an object without an envelope is one of these. No single field tells (any may be missing or broken), so
   * several of those that together no other service writes must be there.
   */
  readonly looksLike: (value: Record<string, unknown>) => boolean
  /** Reads one finding; never throws. */
  readonly parse: (value: unknown, envelope: Envelope) => Parsed
}
