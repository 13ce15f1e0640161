/** What a text that was sent to Muster's number asks for. */
export type TextWords =
  | {
      readonly kind: 'answer'
      readonly action: 'acknowledge' | 'decline'
      /** Null: whichever seat the person is called for, if it is one. */
      readonly code: string | null
    }
  /** `STOP`, `HELP`, …: the service answers these itself. */
  | { readonly kind: 'service-keyword' }
  | { readonly kind: 'unclear' }

/** `ACK 4711`, `ack4711`, `Decline.`; also `acknowledged`. After the code may stand what people add, but no digits: those could be another code. */
const ANSWER = /^\W*(ack|decline)(?:nowledged?|d)?\W*(?:(\d{4})(?!\w)\D*)?$/i
const SERVICE_KEYWORD = /^\W*(arret|cancel|end|help|opt-?out|quit|remove|start|stop|stopall|td|unstop|unsubscribe)\W*$/i

export function readTextWords(body: string): TextWords {
  const [, verb, code] = ANSWER.exec(body.normalize('NFKC')) ?? []
  if (verb !== undefined) {
    return { kind: 'answer', action: verb.toLowerCase() === 'ack' ? 'acknowledge' : 'decline', code: code ?? null }
  }
  return { kind: SERVICE_KEYWORD.test(body) ? 'service-keyword' : 'unclear' }
}
