import type { Alarms } from '../ports/alarms.ts'
import { PermanentFault } from '../ports/faults.ts'

/** One message as its queue delivers it. */
export interface Delivered<Body> {
  /** The queue's own id: for dead letters and alarms. */
  readonly id: string
  readonly body: Body
  /** How often it has been delivered, this time included. */
  readonly receives: number
}

/** How one queue tries again. */
export interface RetryPolicy {
  readonly queue: string
  /** A message that failed so often goes to the dead letters. */
  readonly mostReceives: number
  /** The wait after the first failure, which doubles, and the longest one; in real milliseconds. */
  readonly waitMs: readonly [first: number, longest: number]
}

/** What a handler says of one message. */
export type Handled =
  | { readonly status: 'done' }
  /** Nothing failed, but it is too early: however often, this alone makes no dead letter. */
  | { readonly status: 'again'; readonly afterMs: number }
  | { readonly status: 'failed'; readonly fault: unknown }

/** What its queue does with one message. */
export type Settlement =
  | { readonly status: 'settled' }
  /** `failed`: it counts as a failure; otherwise it was only too early. */
  | { readonly status: 'again'; readonly afterMs: number; readonly failed: boolean }
  | { readonly status: 'dead'; readonly why: string }

/** Results in the order of the messages. */
export type HandleBatch<Body> = (bodies: readonly Body[]) => Promise<readonly (Handled | undefined)[]>

/**
 * Handles a batch and settles each message by itself: a fault never fails its neighbours, a missing result is a
 * failure. What can't succeed goes to the dead letters with an alarm; the rest comes again after a growing wait.
 * Never rejects.
 */
export async function settleBatch<Body>(
  { alarms }: { readonly alarms: Alarms },
  messages: readonly Delivered<Body>[],
  handle: HandleBatch<Body>,
  policy: RetryPolicy,
): Promise<Settlement[]> {
  const results = await handleApart(messages, handle)
  return messages.map((message, index) => {
    const settlement = settle(message.receives, results[index] ?? missing(), policy)
    if (settlement.status === 'dead') {
      alarms.raise('DeadLetter', { queue: policy.queue, id: message.id, why: settlement.why })
    }
    return settlement
  })
}

/** A handler of single messages as one of batches, all at once. */
export function each<Body>(handle: (body: Body) => Promise<Handled>): HandleBatch<Body> {
  return (bodies) =>
    Promise.all(bodies.map((body) => handle(body).catch((fault: unknown): Handled => ({ status: 'failed', fault }))))
}

/** When a batch fails as a whole, each message is handled alone: handlers are safe to run twice. */
async function handleApart<Body>(
  messages: readonly Delivered<Body>[],
  handle: HandleBatch<Body>,
): Promise<readonly (Handled | undefined)[]> {
  try {
    return await handle(messages.map(({ body }) => body))
  } catch (fault) {
    if (messages.length === 1) return [{ status: 'failed', fault }]
    const alone = await Promise.all(messages.map((message) => handleApart([message], handle)))
    return alone.map(([result]) => result)
  }
}

function missing(): Handled {
  return { status: 'failed', fault: new Error('no result') }
}

function settle(receives: number, handled: Handled, { mostReceives, waitMs }: RetryPolicy): Settlement {
  if (handled.status === 'done') return { status: 'settled' }
  if (handled.status === 'again') return { ...handled, failed: false }
  const { fault } = handled
  if (fault instanceof PermanentFault || receives >= mostReceives) return { status: 'dead', why: nameOf(fault) }
  const [first, longest] = waitMs
  return { status: 'again', afterMs: Math.min(first * 2 ** (receives - 1), longest), failed: true }
}

/** The kind of fault, not its text: that may hold what an alarm must not. */
function nameOf(fault: unknown): string {
  return fault instanceof Error ? fault.name : typeof fault
}
