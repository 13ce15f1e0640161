import type { ServiceModel, TimestampFormat } from './model.ts'

/** One way in which a request is not what the service's model says. */
export interface Violation {
  /** `sqs.SendMessage`; the service alone when no operation was recognised. */
  readonly operation: string
  /** `Entries[0].MessageBody`, by the model's names; empty for the request itself. */
  readonly member: string
  readonly rule:
    | 'protocol'
    | 'operation'
    | 'header'
    | 'body'
    | 'unknown-member'
    | 'required'
    | 'type'
    | 'length'
    | 'range'
    | 'pattern'
    | 'unreadable-pattern'
    | 'enum'
    | 'union'
  /** The beginning of what was there. */
  readonly found: string
  readonly expected: string
}

/** Where a value stands. */
export interface Place {
  readonly model: ServiceModel
  readonly operation: string
  readonly member: string
  /** How instants are written there unless the model says otherwise. */
  readonly timestamps: TimestampFormat
}

const FOUND_CHARACTERS = 80

export function violation(
  { operation, member }: Pick<Place, 'operation' | 'member'>,
  rule: Violation['rule'],
  found: string,
  expected: string,
): Violation {
  return { operation, member, rule, found: beginning(found), expected }
}

/** A value for a `Violation`, as JSON. */
export function shown(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`
  return beginning(JSON.stringify(value) ?? 'nothing')
}

export function inMember(place: Place, name: string): Place {
  return { ...place, member: place.member === '' ? name : `${place.member}.${name}` }
}

export function inElement(place: Place, key: number | string): Place {
  return { ...place, member: `${place.member}[${JSON.stringify(key)}]` }
}

function beginning(text: string): string {
  return text.length <= FOUND_CHARACTERS ? text : `${text.slice(0, FOUND_CHARACTERS)}…`
}
