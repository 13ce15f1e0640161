import { physicalIdOf, type StackResource } from '../../core/readiness/deployed-stack.ts'
import type { DeadLetter, DeadLetters } from '../../ports/dead-letters.ts'
import { PermanentFault } from '../../ports/faults.ts'
import type { DeadLetterQueueName } from './dead-letter-queues.ts'
import { destinationOf, type Redriven } from './destination.ts'

/** A queue that is asked twice and shows nothing has nothing in sight. */
const MOST_EMPTY_ANSWERS = 2

export interface QueueRedrive extends Redriven {
  readonly deadLetters: DeadLetters
  readonly resources: readonly StackResource[]
  readonly queue: DeadLetterQueueName
  readonly queueUrl: string
}

/** What has become of the letters of one queue so far. */
export interface Tally {
  there: number
  moved: number
  dropped: number
  /** Those that no queue can read. */
  unreadable: number
}

/**
 * Puts the letters of one queue back to where they belong: each is sent before it is removed, so a crash in between makes
 * it come twice, which every reader copes with. Ends after as many as there were: what dies again meanwhile is left.
 * @param tally is kept up to date, so that it is right also after a fault.
 * @throws TransientFault, PermanentFault.
 */
export async function redriveQueue(redrive: QueueRedrive, tally: Tally): Promise<void> {
  const { deadLetters, queueUrl } = redrive
  const staying = new Map<string, DeadLetter>()
  let handled = 0
  let empty = 0
  while (handled < tally.there && empty < MOST_EMPTY_ANSWERS) {
    const received = await deadLetters.receive(queueUrl)
    // What stays is back in sight after a while.
    const letters = received.filter(({ id }) => !staying.has(id))
    empty = letters.length === 0 ? empty + 1 : 0
    handled += letters.length
    tally.there = Math.max(tally.there, handled)
    await allSettled(letters.map((letter) => settle(redrive, letter, tally, staying)))
  }
  await allSettled([...staying.values()].map(({ receipt }) => deadLetters.release(queueUrl, receipt)))
}

async function settle(
  redrive: QueueRedrive,
  letter: DeadLetter,
  tally: Tally,
  staying: Map<string, DeadLetter>,
): Promise<void> {
  const { deadLetters, queue, queueUrl } = redrive
  const destination = destinationOf(queue, letter.body, redrive)
  if (destination.kind === 'stays') {
    tally.unreadable += 1
    staying.set(letter.id, letter)
    return
  }
  if (destination.kind === 'queue') await deadLetters.send(urlOf(redrive, destination.logicalId), letter.body)
  await deadLetters.remove(queueUrl, letter.receipt)
  if (destination.kind === 'queue') tally.moved += 1
  else tally.dropped += 1
}

function urlOf({ resources }: QueueRedrive, logicalId: string): string {
  const url = physicalIdOf(resources, logicalId)
  if (url === null) throw new PermanentFault(`the stack has no ${logicalId}`)
  return url
}

/** Each is tried; of the faults the first is thrown. */
async function allSettled(work: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(work)
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}
