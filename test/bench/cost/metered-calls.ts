import { createHmac } from 'node:crypto'
import { countingTable } from '../../../shared/adapters/counting/table.ts'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import type { OutgoingMessage } from '../../../shared/ports/message-provider.ts'
import type { QueuedEffect, QueuedWake } from '../../../shared/ports/queues.ts'
import type { LinkSigner, LinkVerifier } from '../../../shared/ports/secrets.ts'
import { REQUEST_MS } from './assumptions.ts'
import { textParts } from './billing-units.ts'
import { unitsTable } from './units-table.ts'
import type { Usage } from './usage.ts'

/** What a queue takes in one request. */
const MOST_MESSAGES = 10

/** Everything that functions call, in memory, with what each call is billed as. */
export class MeteredCalls {
  readonly memory = new MemoryTable()
  readonly effects: QueuedEffect[] = []
  readonly wakes: QueuedWake[] = []
  readonly sent: OutgoingMessage[] = []
  readonly #units = unitsTable(this.memory)
  readonly #counting = countingTable(this.#units.table, this.memory)
  #calls = { queue: 0, key: 0, mail: 0, textParts: 0, text: 0 }

  get table() {
    return this.#counting.table
  }

  readonly queues = {
    sendEffects: async (effects: readonly QueuedEffect[]) => {
      this.effects.push(...effects)
      for (const ofQueue of Map.groupBy(effects, ({ channel }) => channel).values()) this.#queued(ofQueue.length)
    },
    sendWakes: async (wakes: readonly QueuedWake[]) => {
      this.wakes.push(...wakes)
      this.#queued(wakes.length)
    },
  }

  readonly provider = {
    send: async (message: OutgoingMessage) => {
      this.sent.push(message)
      if (message.channel === 'sms') {
        this.#calls.text += 1
        this.#calls.textParts += textParts(message.text)
      } else this.#calls.mail += 1
      return { status: 'accepted', providerId: message.effectId } as const
    },
  }

  /** As long as what KMS signs: the links in texts are billed by the character. */
  readonly signer: LinkSigner & LinkVerifier = {
    sign: async (text) => {
      this.#calls.key += 1
      return signature(text)
    },
    verify: async (text, given) => {
      this.#calls.key += 1
      return given === signature(text)
    },
  }

  /** What one piece of work calls, and for how long it waits for that. */
  async during(work: () => Promise<unknown>): Promise<{ usage: Usage; waitMs: number }> {
    this.#units.reset()
    this.#counting.reset()
    this.#calls = { queue: 0, key: 0, mail: 0, textParts: 0, text: 0 }
    await work()
    const { reads, writes, indexWrites } = this.#counting.counts()
    const { read, write } = this.#units.units()
    const { queue, key, mail, text, textParts: parts } = this.#calls
    const waits = { table: reads + writes, queue, key, mail, text }
    const waitMs = Object.entries(waits).reduce(
      (sum, [kind, count]) => sum + count * REQUEST_MS[kind as keyof typeof waits],
      0,
    )
    const usage = {
      readUnits: read,
      writeUnits: write + indexWrites,
      sqsRequests: queue,
      kmsRequests: key,
      mails: mail,
      textParts: parts,
    }
    return { usage, waitMs }
  }

  #queued(messages: number): void {
    this.#calls.queue += Math.ceil(messages / MOST_MESSAGES)
  }
}

function signature(text: string): string {
  return createHmac('sha256', 'sample').update(text).digest('base64url')
}
