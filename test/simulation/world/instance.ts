export type InstanceKind = 'intake' | 'door' | 'importer' | 'dispatcher' | 'waker' | 'sender' | 'receiver' | 'ticker'

/** What will befall an instance at its n-th call to the outside. */
export interface Doom {
  readonly what: 'crash' | 'pause'
  readonly atCall: number
  /** Whether the call itself still happens. */
  readonly after: boolean
  readonly pauseMs: number
}

/** One run of a function: it may end in the middle of anything, or stand still for minutes and go on. */
export class Instance {
  readonly id: number
  readonly kind: InstanceKind
  readonly doom: Doom | null
  /** The messages it is busy with: what befalls it befalls them. */
  effectIds: readonly string[] = []
  calls = 0
  dead = false
  pausedUntilMs = 0
  /** Called once when it dies or stands still: somebody else gets its work. */
  onLost: (() => void) | null = null

  constructor(id: number, kind: InstanceKind, doom: Doom | null) {
    this.id = id
    this.kind = kind
    this.doom = doom
  }

  get name(): string {
    return `${this.kind} ${this.id}`
  }

  /** What befalls it at the call that begins now. */
  fate(): Doom | null {
    this.calls += 1
    return this.doom !== null && this.doom.atCall === this.calls ? this.doom : null
  }

  lost(): void {
    const tell = this.onLost
    this.onLost = null
    tell?.()
  }
}
