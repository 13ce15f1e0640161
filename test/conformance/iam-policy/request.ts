/** A value of the request's context. A list makes its key a multivalued one, even a list of one. */
export type ContextValue = string | number | boolean | readonly string[]

export interface AccessRequest {
  /** `sqs:SendMessage`. */
  readonly action: string
  /** The ARN; `*` for an action that has no resource. */
  readonly resource: string
  /** By condition key, whatever its case. A key that is not here is not in the request. */
  readonly context: Readonly<Record<string, ContextValue>>
}

/** Looks values up by condition key. */
export interface RequestContext {
  /** Null when the key is absent, or an empty list. */
  valueOf(key: string): ContextValue | null
}

/** @throws on a key that is there twice, in different cases. */
export function contextOf({ context }: AccessRequest): RequestContext {
  const values = new Map<string, ContextValue>()
  for (const [key, value] of Object.entries(context)) {
    if (values.has(key.toLowerCase())) throw new Error(`context: ${key} is there twice`)
    values.set(key.toLowerCase(), value)
  }
  return {
    valueOf: (key) => {
      const value = values.get(key.toLowerCase()) ?? null
      return Array.isArray(value) && value.length === 0 ? null : value
    },
  }
}
