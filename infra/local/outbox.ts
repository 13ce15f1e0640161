import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
} from 'node:fs'
import { TransientFault } from '../../shared/ports/faults.ts'
import type { MessageProvider, OutgoingMessage, ProviderAnswer } from '../../shared/ports/message-provider.ts'

/** One message that would have left, as `GET /local/outbox` shows it: a row for each seat that it calls for. */
export interface OutboxRow {
  readonly id: string
  readonly at: string
  readonly kind: OutgoingMessage['kind']
  readonly channel: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly responderId: string
  readonly incidentId: string
  readonly role: string | null
  readonly reason: string | null
  readonly bundleId: string
  readonly links: { readonly acknowledge: string | null; readonly code: string | null; readonly incident: string }
}

/** Numbers of this ending are refused for good, as a provider refuses a landline: so that one can see it happen. */
const DEAD_NUMBER = /0000$/
const NUMBER_KINDS = new Set(['sms', 'voice'])

/**
 * The local provider: appends to a file before it answers, a row per send, so that repeats show. Nothing leaves the
 * machine.
 */
export class Outbox implements MessageProvider {
  readonly #file: number
  readonly #rows: OutboxRow[]

  private constructor(file: number, rows: OutboxRow[]) {
    this.#file = file
    this.#rows = rows
  }

  /** Opens the outbox of a data folder; a last line that a kill cut off is dropped. */
  static open(path: string): Outbox {
    const rows = existsSync(path) ? readRows(path) : []
    return new Outbox(openSync(path, 'a', 0o600), rows)
  }

  /** By `at`, then `id`. */
  rows(): readonly OutboxRow[] {
    return [...this.#rows].sort((a, b) => (a.at === b.at ? compare(a.id, b.id) : compare(a.at, b.at)))
  }

  async send(message: OutgoingMessage): Promise<ProviderAnswer> {
    if (NUMBER_KINDS.has(message.channel) && DEAD_NUMBER.test(message.to)) {
      return { status: 'refused', detail: 'a landline cannot receive this' }
    }
    const rows = rowsOf(message, this.#rows.length)
    this.#append(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    this.#rows.push(...rows)
    return { status: 'accepted', providerId: rows[0]?.id ?? message.effectId }
  }

  /** All of it, or nothing: a full disk must not leave half a line that the next start cannot read. */
  #append(text: string): void {
    const length = fstatSync(this.#file).size
    try {
      appendFileSync(this.#file, text)
    } catch (fault) {
      ftruncateSync(this.#file, length)
      throw new TransientFault('the outbox could not be written', { cause: fault })
    }
  }

  close(): void {
    closeSync(this.#file)
  }
}

function readRows(path: string): OutboxRow[] {
  const text = readFileSync(path, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole))
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as OutboxRow)
}

function rowsOf(message: OutgoingMessage, count: number): OutboxRow[] {
  const { at, kind, channel, to, subject, text, responderId, incidentId, incidentUrl, effectId } = message
  const common = { at, kind, channel, to, subject, text, responderId, incidentId, bundleId: effectId }
  const id = (index: number) => `msg-${String(count + index + 1).padStart(9, '0')}`
  const links = { acknowledge: null, code: null, incident: incidentUrl }
  if (message.seats.length === 0) return [{ id: id(0), ...common, role: null, reason: null, links }]
  return message.seats.map((seat, index) => ({
    id: id(index),
    ...common,
    role: seat.role,
    reason: seat.reason,
    links: { acknowledge: seat.acknowledgeUrl, code: seat.code, incident: incidentUrl },
  }))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
