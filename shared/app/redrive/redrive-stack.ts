import { deployedChannels, physicalIdOf, type StackResource } from '../../core/readiness/deployed-stack.ts'
import type { Looked } from '../../core/readiness/looked.ts'
import type { DeadLetters } from '../../ports/dead-letters.ts'
import { look } from '../../ports/look.ts'
import { DEAD_LETTER_QUEUES, type DeadLetterQueue, type DeadLetterQueueName } from './dead-letter-queues.ts'
import { WHY_DROPPED } from './destination.ts'
import { redriveQueue, type Tally } from './redrive-queue.ts'

/** Services mostly say which one is missing. */
const PERMISSIONS = 'sqs:GetQueueAttributes, sqs:ReceiveMessage, sqs:SendMessage, sqs:DeleteMessage'

export interface QueueReport {
  readonly queue: DeadLetterQueueName
  /** How many dead letters it had. */
  readonly there: number
  readonly moved: number
  readonly dropped: number
  /** How many it still has, those included that are out of sight. */
  readonly left: number
  /** Of those that are left: no queue can read them. */
  readonly unreadable: number
  /** Why letters of this queue are dropped; null when they are not. */
  readonly whyDropped: string | null
  /** What went wrong; null when nothing did. */
  readonly problem: string | null
}

export interface StackRedrive {
  readonly deadLetters: DeadLetters
  readonly resources: readonly StackResource[]
  /** Null for all. */
  readonly only: DeadLetterQueueName | null
  /** Only count. */
  readonly isDry: boolean
  /** Told of each queue before it is worked on. */
  readonly progress: (what: string) => void
}

/** Puts the dead letters of a stack back, queue by queue; a queue that fails holds no other back. */
export async function redriveStack(redrive: StackRedrive): Promise<QueueReport[]> {
  const reports: QueueReport[] = []
  for (const queue of DEAD_LETTER_QUEUES) {
    if (redrive.only !== null && redrive.only !== queue.name) continue
    redrive.progress(`dead letters of ${queue.name}`)
    reports.push(await redriveOne(redrive, queue))
  }
  return reports
}

async function redriveOne(redrive: StackRedrive, { name, logicalId }: DeadLetterQueue): Promise<QueueReport> {
  const { deadLetters, resources, isDry } = redrive
  const tally: Tally = { there: 0, moved: 0, dropped: 0, unreadable: 0 }
  const queueUrl = physicalIdOf(resources, logicalId)
  if (queueUrl === null) return reportOf(name, tally, `the stack has no ${logicalId}`)
  const looked = await look(PERMISSIONS, async () => {
    tally.there = await deadLetters.count(queueUrl)
    if (isDry) return
    const channels = deployedChannels(resources)
    await redriveQueue({ deadLetters, resources, queue: name, queueUrl, channels }, tally)
  })
  return reportOf(name, tally, problemOf(looked))
}

function problemOf(looked: Looked<void>): string | null {
  if (looked.status === 'seen') return null
  return looked.status === 'not-allowed' ? `not allowed: add ${looked.action}` : `stopped (${looked.why}): run it again`
}

function reportOf(queue: DeadLetterQueueName, tally: Tally, problem: string | null): QueueReport {
  const left = Math.max(tally.there - tally.moved - tally.dropped, tally.unreadable)
  return { queue, ...tally, left, whyDropped: WHY_DROPPED[queue], problem }
}
