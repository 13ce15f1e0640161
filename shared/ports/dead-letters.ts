/** A message that its reader gave up on. */
export interface DeadLetter {
  /** The same each time that it is received. */
  readonly id: string
  readonly body: string
  /** By which it is removed, or shown again. */
  readonly receipt: string
}

/** Queues by their URLs. @throws TransientFault, PermanentFault: what was received comes back into sight by itself. */
export interface DeadLetters {
  /** How many there are, also those out of sight. */
  count(queueUrl: string): Promise<number>
  /** At most ten, which are out of sight for two minutes from now; none when there are none in sight. */
  receive(queueUrl: string): Promise<readonly DeadLetter[]>
  send(queueUrl: string, body: string): Promise<void>
  remove(queueUrl: string, receipt: string): Promise<void>
  /** Into sight again, at once. */
  release(queueUrl: string, receipt: string): Promise<void>
}
