import type { Instant } from '../core/time/instant.ts'

/** Muster's time, read once at each door and carried from there. Locally it can be moved forward. */
export interface TimeSource {
  now(): Instant
}

/** The machine's own time: for leases and waits, never for what an incident decides. */
export interface RealTime {
  /** Milliseconds, never going back. */
  nowMs(): number
  /** 0: until whatever else this process has at hand has had its turn. Never rejects. */
  sleep(ms: number): Promise<void>
}

export interface Random {
  /** At least 0, below 1. */
  unit(): number
  /** Unguessable, URL-safe, at least 16 characters. */
  id(): string
}
