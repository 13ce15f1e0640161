/** Signs acknowledge links. A sender may only sign, the door may only verify. */
export interface LinkSigner {
  /** URL-safe text. */
  sign(text: string): Promise<string>
}

export interface LinkVerifier {
  verify(text: string, signature: string): Promise<boolean>
}

/** Seals confidential texts at rest. */
export interface NoteCipher {
  seal(text: string): Promise<string>
  /** Rejects with `PermanentFault` when the sealed text was altered. */
  open(sealed: string): Promise<string>
}
