import type { SQSEvent } from 'aws-lambda'
import { readReply, receiveReply } from '../../shared/app/receive-reply.ts'
import { each } from '../../shared/app/settle-batch.ts'
import { STORE_VARIABLES, storeDependencies } from '../../shared/doors/dependencies.ts'
import { door } from '../../shared/doors/door.ts'
import { readEnvironment } from '../../shared/doors/environment.ts'
import { OWN_QUEUE_VARIABLES, ownQueue } from '../../shared/doors/own-queue.ts'
import { settleRecords } from '../../shared/doors/settle-records.ts'

const env = readEnvironment(...STORE_VARIABLES, ...OWN_QUEUE_VARIABLES)
const deps = storeDependencies(env)
const deliveries = ownQueue(env)

/** What became of messages, and what people answer by text. */
export const handler = door((event: SQSEvent) =>
  settleRecords(
    {
      alarms: deps.alarms,
      deliveries,
      policy: { queue: 'replies', mostReceives: 10, waitMs: [2_000, 300_000] },
      parse: readReply,
      handle: each((reply) => receiveReply(deps, reply)),
    },
    event,
  ),
)
