/** The outcome is unknown or the other side asks to come back: try again. */
export class TransientFault extends Error {
  override readonly name = 'TransientFault'
}

/** Trying again cannot help: to the dead letters, with an alarm. */
export class PermanentFault extends Error {
  override readonly name = 'PermanentFault'
}

/** Somebody else committed first, again and again: the caller may come back. */
export class ConflictFault extends Error {
  override readonly name = 'ConflictFault'
}
