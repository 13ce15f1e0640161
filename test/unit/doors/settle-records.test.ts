import type { SQSEvent } from 'aws-lambda'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Handled } from '../../../shared/app/settle-batch.ts'
import { type RecordSettling, settleRecords } from '../../../shared/doors/settle-records.ts'
import { PermanentFault, TransientFault } from '../../../shared/ports/faults.ts'

const putOff: [receiptHandle: string, afterMs: number][] = []
const buried: [body: string, why: string][] = []
const alarms: string[] = []
let deliveries: RecordSettling<string>['deliveries']

beforeEach(() => {
  for (const list of [putOff, buried, alarms]) list.length = 0
  deliveries = {
    putOff: async (handle, afterMs) => void putOff.push([handle, afterMs]),
    bury: async (body, why) => void buried.push([body, why]),
  }
})

/** One record a body; its id is `id-<body>`, its handle `handle-<body>`. */
function batch(bodies: readonly string[], receives = 1): SQSEvent {
  const attributes = { ApproximateReceiveCount: String(receives) }
  return {
    Records: bodies.map((body) => ({
      messageId: `id-${body}`,
      receiptHandle: `handle-${body}`,
      body,
      attributes,
    })),
  } as unknown as SQSEvent
}

const OUTCOMES: Readonly<Record<string, Handled>> = {
  done: { status: 'done' },
  early: { status: 'again', afterMs: 7_500 },
  throttled: { status: 'failed', fault: new TransientFault('come back') },
  hopeless: { status: 'failed', fault: new PermanentFault('secret') },
}

async function settle(event: SQSEvent, handle?: RecordSettling<string>['handle']): Promise<string[]> {
  const settling: RecordSettling<string> = {
    alarms: { raise: (name, { why }) => void alarms.push(`${name} ${why}`) },
    deliveries,
    policy: { queue: 'sample', mostReceives: 5, waitMs: [1_000, 60_000] },
    parse: (body) => {
      if (body === 'garbage') throw new PermanentFault('sample: expected something else')
      return body
    },
    handle: handle ?? (async (bodies) => bodies.map((body) => OUTCOMES[body])),
  }
  const { batchItemFailures } = await settleRecords(settling, event)
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
}

describe('settleRecords', () => {
  it('lets go of what is done, and keeps only what comes again', async () => {
    expect(await settle(batch(['done', 'early', 'done', 'throttled']))).toEqual(['id-early', 'id-throttled'])
    expect(putOff).toEqual([
      ['handle-early', 7_500],
      ['handle-throttled', 1_000],
    ])
    expect(buried).toEqual([])
  })

  it('buries what can never be done, whole and at once, with the kind of the fault', async () => {
    expect(await settle(batch(['hopeless', 'done']))).toEqual([])
    expect(buried).toEqual([['hopeless', 'PermanentFault']])
    expect(alarms).toEqual(['DeadLetter PermanentFault'])
  })

  it('buries what is none of ours, and handles its neighbours', async () => {
    expect(await settle(batch(['garbage', 'early']))).toEqual(['id-early'])
    expect(buried).toEqual([['garbage', 'unreadable']])
    expect(alarms).toEqual(['DeadLetter PermanentFault'])
  })

  it('waits longer each time, and buries at the last', async () => {
    await settle(batch(['throttled'], 3))
    expect(putOff).toEqual([['handle-throttled', 4_000]])
    expect(await settle(batch(['throttled'], 5))).toEqual([])
    expect(buried).toEqual([['throttled', 'TransientFault']])
  })

  it('keeps what could not be buried or put off: its own visibility brings it back', async () => {
    deliveries = {
      putOff: async () => Promise.reject(new TransientFault('no answer')),
      bury: async () => Promise.reject(new TransientFault('no answer')),
    }
    expect(await settle(batch(['hopeless', 'early', 'done']))).toEqual(['id-hopeless', 'id-early'])
  })

  it('a missing outcome is a failure, and a batch that fails as a whole is handled one by one', async () => {
    expect(await settle(batch(['unheard-of', 'done']))).toEqual(['id-unheard-of'])
    const brittle: RecordSettling<string>['handle'] = async (bodies) => {
      if (bodies.includes('throttled')) throw new TransientFault('all of it')
      return bodies.map(() => ({ status: 'done' }))
    }
    expect(await settle(batch(['done', 'throttled', 'early']), brittle)).toEqual(['id-throttled'])
  })
})
