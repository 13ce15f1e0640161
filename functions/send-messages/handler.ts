import type { SQSEvent } from 'aws-lambda'
import { createKmsClient } from '../../shared/adapters/kms/client.ts'
import { kmsLinkSigner } from '../../shared/adapters/kms/link-signer.ts'
import type { SendingDependencies } from '../../shared/app/dependencies.ts'
import { parseQueuedEffect } from '../../shared/app/queued-messages.ts'
import { sendMessages } from '../../shared/app/send-messages.ts'
import { ENGLISH } from '../../shared/content/messages/english.ts'
import { STORE_VARIABLES, storeDependencies } from '../../shared/doors/dependencies.ts'
import { door } from '../../shared/doors/door.ts'
import { readEnvironment } from '../../shared/doors/environment.ts'
import { OWN_QUEUE_VARIABLES, ownQueue } from '../../shared/doors/own-queue.ts'
import { settleRecords } from '../../shared/doors/settle-records.ts'
import { providerFor } from './provider-for.ts'

/** Longer than the function may run (30 s), which is longer than a provider may take (10 s). */
const LEASE_MS = 45_000
const SENDS_AT_ONCE = 10

const env = readEnvironment(
  ...STORE_VARIABLES,
  ...OWN_QUEUE_VARIABLES,
  'MUSTER_CHANNEL',
  'MUSTER_LINK_KEY',
  'MUSTER_PUBLIC_URL',
)
const deliveries = ownQueue(env)
const deps: SendingDependencies = {
  ...storeDependencies(env),
  provider: await providerFor(env.MUSTER_CHANNEL, env.AWS_REGION),
  signer: kmsLinkSigner({ client: createKmsClient({ region: env.AWS_REGION }), keyId: env.MUSTER_LINK_KEY }),
  texts: ENGLISH,
  publicUrl: env.MUSTER_PUBLIC_URL,
  sendsAtOnce: SENDS_AT_ONCE,
  leaseMs: LEASE_MS,
}

/** The messages of one kind of channel: each has a queue and a function of its own. */
export const handler = door((event: SQSEvent) =>
  settleRecords(
    {
      alarms: deps.alarms,
      deliveries,
      policy: { queue: `messages-${env.MUSTER_CHANNEL}`, mostReceives: 20, waitMs: [1_000, 60_000] },
      parse: parseQueuedEffect,
      handle: (effects) => sendMessages(deps, effects),
    },
    event,
  ),
)
