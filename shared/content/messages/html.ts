import { cleanTitle } from '../../core/findings/text.ts'

/** Made by `html` alone, so that text is never taken for markup. */
class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

export type Html = Markup

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template in which every text is escaped, fit for content and for quoted attributes; markup goes in as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  return new Markup(parts.map((part, index) => `${part}${markupOf(values[index] ?? '')}`).join(''))
}

function markupOf(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string') return escaped(value)
  return value instanceof Markup ? value.toString() : value.join('')
}

/** Names come from people's files: what could turn the line around or hide a part of it goes, as in a title. */
function escaped(text: string): string {
  return cleanTitle(text, Number.POSITIVE_INFINITY).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
