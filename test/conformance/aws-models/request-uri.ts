/** A `requestUri` of a model, made ready: `/things/{Id}/tags/{Path+}?keep=1`. */
export interface UriTemplate {
  /** Query parameters that are always there, with their values. */
  readonly constants: readonly (readonly [name: string, value: string])[]
  /** The more of the path is written out, the better a match is. */
  readonly literalCharacters: number
  /** The labels' values, decoded; null when the path is another. */
  match(path: string): Readonly<Record<string, string>> | null
}

const LABELS = /\{([^}+]+)(\+?)\}/g

export function uriTemplate(requestUri: string): UriTemplate {
  const [path = '', query = ''] = requestUri.split('?')
  const names = [...path.matchAll(LABELS)].map(([, name = '']) => name)
  const literals = path.split(/\{[^}]+\}/)
  const groups = [...path.matchAll(LABELS)].map(([, , greedy]) => (greedy ? '(.+)' : '([^/]+)'))
  const expression = new RegExp(`^${literals.map((text, n) => escaped(text) + (groups[n] ?? '')).join('')}$`)
  return {
    constants: [...new URLSearchParams(query)],
    literalCharacters: literals.join('').length,
    match(given) {
      const found = expression.exec(given)
      return found && Object.fromEntries(names.map((name, n) => [name, decoded(found[n + 1] ?? '')]))
    },
  }
}

/** As it was sent, where it is no percent-encoding: the value's own check will say what is wrong. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
}
