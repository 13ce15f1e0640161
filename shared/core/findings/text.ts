const BREAKS = /[\t\r\n]+/g
/** Control characters, and those that turn the direction of writing: they could make a title read as something else. */
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

// Almost every text of a storm is plain ASCII, of which nothing has to be taken out and each character is one byte.
const PLAIN = /^[\x20-\x7e]*$/
/** Without quotes and backslashes, which JSON escapes. */
const PLAIN_IN_JSON = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

/** A title fit for a message: one line, without control characters; other white space stays as the provider wrote it. */
export function cleanTitle(text: string, maxChars: number): string {
  return cutToChars(PLAIN.test(text) ? text : text.replace(BREAKS, ' ').replace(UNSEEN, ''), maxChars)
}

/** The first `maxChars` UTF-16 units, never half of a pair. */
export function cutToChars(text: string, maxChars: number): string {
  const cut = text.length > maxChars && isHighSurrogate(text, maxChars - 1) ? maxChars - 1 : maxChars
  return text.slice(0, cut).toWellFormed()
}

/** The longest start of a text that takes at most `maxBytes` in JSON (UTF-8, escapes counted, quotes not). */
export function cutToJsonBytes(text: string, maxBytes: number): string {
  if (maxBytes >= 0 && PLAIN_IN_JSON.test(text)) return text.slice(0, maxBytes)
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += jsonBytes(character)
    if (bytes > maxBytes) return text.slice(0, end).toWellFormed()
    end += character.length
  }
  return text.toWellFormed()
}

/** What a text takes in JSON: UTF-8, escapes counted, the quotes around it not. */
export function jsonBytes(text: string): number {
  if (PLAIN_IN_JSON.test(text)) return text.length
  let bytes = -2
  for (const character of JSON.stringify(text)) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  return unit >= 0xd800 && unit <= 0xdbff
}
