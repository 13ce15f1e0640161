import type { RecordedCall } from './recorded-call.ts'

export type Fault =
  /** An error of the service, before it does anything. */
  | { readonly kind: 'error'; readonly status: number; readonly code: string }
  /** The operation's own error for being called too often. */
  | { readonly kind: 'throttle' }
  /** No answer as long as the fault lasts; then the connection goes. */
  | { readonly kind: 'hang' }
  /** The connection goes before anything is done. */
  | { readonly kind: 'drop' }
  /** All is done, and the connection goes before the answer. */
  | { readonly kind: 'lose-answer' }

/** Until it is lifted, or for a time, or for so many calls, whichever ends first. */
export interface FaultSpan {
  readonly service: string
  /** All operations, if not given. */
  readonly operation?: string
  readonly fault: Fault
  readonly forMs?: number
  readonly calls?: number
}

/** Faults that were asked for; the latest one that is meant for a call is the one that it gets. */
export class InjectedFaults {
  #spans: Open[] = []

  /** What it returns ends the fault. */
  inject(span: FaultSpan): () => void {
    const open = new Open(span)
    this.#spans = [open, ...this.#spans.filter(({ over }) => !over)]
    return () => open.end()
  }

  /** The fault for a call, which counts as one of its calls. */
  take(call: RecordedCall): Taken | null {
    return this.#spans.find((open) => open.meant(call))?.take() ?? null
  }

  endAll(): void {
    for (const open of this.#spans) open.end()
  }
}

interface Taken {
  readonly fault: Fault
  readonly ended: Promise<void>
}

class Open {
  readonly #span: FaultSpan
  readonly #ended = Promise.withResolvers<void>()
  readonly #timer: NodeJS.Timeout | undefined
  #callsLeft: number
  over = false

  constructor(span: FaultSpan) {
    this.#span = span
    this.#callsLeft = span.calls ?? Infinity
    if (span.forMs !== undefined) this.#timer = setTimeout(() => this.end(), span.forMs)
  }

  meant({ service, operation }: RecordedCall): boolean {
    const matches = this.#span.service === service && (this.#span.operation ?? operation) === operation
    return matches && !this.over && this.#callsLeft > 0
  }

  take(): Taken {
    this.#callsLeft -= 1
    return { fault: this.#span.fault, ended: this.#ended.promise }
  }

  end(): void {
    this.over = true
    clearTimeout(this.#timer)
    this.#ended.resolve()
  }
}
