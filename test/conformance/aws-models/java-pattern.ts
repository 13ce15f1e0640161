// The patterns of the models are Java's. What JavaScript writes differently is written anew here.

/** Java's classes that JavaScript does not have, as the inside of a class. */
const CLASSES: Readonly<Record<string, string>> = {
  Alnum: 'a-zA-Z0-9',
  Alpha: 'a-zA-Z',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  Digit: '0-9',
  Graph: '\\x21-\\x7E',
  IsAlphabetic: '\\p{Alphabetic}',
  IsWhitespace: '\\p{White_Space}',
  LD: '\\p{L}\\p{Nd}',
  Lower: 'a-z',
  Print: '\\x20-\\x7E',
  Punct: '\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E',
  Space: '\\s',
  Upper: 'A-Z',
  XDigit: '0-9a-fA-F',
  all: '\\s\\S',
}

/** What `\s` is in Java, and what it is in JavaScript besides. */
const SPACE = ' \\t\\n\\v\\f\\r'
const NO_SPACE_TO_JAVA = '\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF'

/** What the `u` flag lets stand after a backslash, in a class and outside. */
const SYNTAX = '^$\\.*+?()[]{}|/'
const TOKENS = /\\[pP]\{\w+\}|\\x\{[0-9a-fA-F]+\}|\\.|\{\d+(?:,\d*)?\}|\(\?[a-z]+\)|[\s\S]/gu
const FLAGS_IN_FRONT = /^(\^?)\(\?([is]+)\)/

/**
 * A test of whole texts, as the services do it; null when the pattern can't be read here. Possessive quantifiers count
 * as greedy ones: such a test lets a little more through than Java's.
 */
export function javaPattern(pattern: string): ((text: string) => boolean) | null {
  const [front = '', start = '', flags = ''] = FLAGS_IN_FRONT.exec(pattern) ?? []
  const rest = start + pattern.slice(front.length)
  // Nested and intersected classes, and flags for a part, mean something else in JavaScript.
  if (/\[[^\]]*&&|\(\?[a-z]+\)/.test(rest)) return null
  try {
    const expression = new RegExp(`^(?:${inJavaScript(rest)})$`, `u${flags}`)
    return (text) => expression.test(text)
  } catch {
    return null
  }
}

function inJavaScript(pattern: string): string {
  let inClass = false
  let before = ''
  let written = ''
  for (const token of pattern.match(TOKENS) ?? []) {
    if (inClass) written += inClassToken(token, before)
    else if (!(token === '+' && isQuantifier(before))) written += outsideToken(token)
    if (!inClass && token === '[') inClass = true
    else if (inClass && token === ']') inClass = false
    before = token
  }
  return written
}

function isQuantifier(token: string): boolean {
  return ['*', '+', '?'].includes(token) || /^\{\d/.test(token)
}

function inClassToken(token: string, before: string): string {
  // `[\w-.]`: with the flag `u` a class can't begin a range.
  if (token === '-' && /^\\[dDsSwWpP]/.test(before)) return '\\-'
  if (token === '\\s') return SPACE
  if (token === '\\S') return `\\S${NO_SPACE_TO_JAVA}`
  return classOf(token) ?? escaped(token, `${SYNTAX}-`)
}

function outsideToken(token: string): string {
  if (token === '\\A') return '^'
  if (token === '\\z' || token === '\\Z') return '$'
  if (token === ']' || token === '}') return `\\${token}`
  if (token === '\\s') return `[${SPACE}]`
  if (token === '\\S') return `[^${SPACE}]`
  const inside = classOf(token)
  return inside === undefined ? escaped(token, SYNTAX) : `[${inside}]`
}

function classOf(token: string): string | undefined {
  return CLASSES[/^\\p\{(\w+)\}$/.exec(token)?.[1] ?? '']
}

/** A backslash before a character that needs none is a fault under the flag `u`. */
function escaped(token: string, syntax: string): string {
  const [, character] = /^\\([^\w\s]|[_ ])$/u.exec(token) ?? []
  if (character !== undefined) return syntax.includes(character) ? token : character
  return token.replace(/^\\x\{/, '\\u{')
}
