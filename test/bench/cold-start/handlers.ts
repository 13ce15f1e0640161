import type { FirstEvent, FirstEvents } from './first-events.ts'

/** A function on the way of a page. */
export interface PagingHandler {
  /** As serverless.yml calls it. */
  readonly functionName: string
  /** Of `dist/`. */
  readonly folder: string
  /** What it may read at start: 15 % above what it was when this was written. */
  readonly mostBytes: number
  readonly firstEvent: (events: FirstEvents) => Promise<FirstEvent>
}

const KB = 1024

export const PAGING_HANDLERS: readonly PagingHandler[] = [
  {
    functionName: 'ingestFindings',
    folder: 'ingest-findings',
    mostBytes: 624 * KB,
    firstEvent: (events) => events.newFinding(),
  },
  {
    functionName: 'dispatchCommits',
    folder: 'dispatch-commits',
    mostBytes: 523 * KB,
    firstEvent: (events) => events.openedIncident(),
  },
  {
    functionName: 'wakeIncidents',
    folder: 'wake-incidents',
    mostBytes: 520 * KB,
    firstEvent: (events) => events.silentIncident(),
  },
  {
    functionName: 'sendEmail',
    folder: 'send-messages',
    mostBytes: 538 * KB,
    firstEvent: (events) => events.queuedPage(),
  },
]
