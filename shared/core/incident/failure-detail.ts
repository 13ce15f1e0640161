/** What fits beside the events of one commit, and on a line of the timeline. */
const MOST_CHARACTERS = 200

/** The id of a request is no secret, and what the provider's support asks for. */
const REQUEST_ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const IS_REQUEST_ID = new RegExp(`^${REQUEST_ID}$`, 'i')

/** A webhook's address is its password. */
const LINK = /\b[a-z][a-z0-9+.-]{1,20}:\/\/\S+/gi
const ADDRESS = /(?:"[^"]{1,64}"|[^\s@<>"]{1,64})(?:@|%40)[^\s@<>"']{1,255}/gi
const NAMED_SECRET =
  /(authorization|token|secret|password|passwd|api[-_ ]?key|access[-_ ]?key(?:[-_ ]?id)?|signature|credentials?|cookie)\b["']?\s*[:=]\s*["']?(?:(?:bearer|basic)\s+)?[^\s"',;]+/gi
const BEARER = /\bbearer\s+[^\s"',;]+/gi
const LONG_WORD = /[\w+/=~.-]{16,}/g
/** A number's digits, however they are grouped; a request's id is passed over as a whole. */
const NUMBER = new RegExp(`\\b${REQUEST_ID}\\b|\\+?\\(?\\d(?:[\\s().\\/\\u2010-\\u2015-]{0,3}\\d){6,}`, 'gi')

/**
 * Why a message failed, in its provider's words, fit for the record: at most 200 characters on one line, without links,
 * e-mail addresses, phone numbers and what looks like a secret. It rather takes out too much: the record stays for good.
 * @param known what must not be in it whatever it looks like, such as where the message went to.
 * @returns nothing where nothing is said.
 */
export function failureDetail(text: string, known: readonly string[] = []): { readonly detail?: string } {
  const plain = onOneLine(known.filter(Boolean).reduce((left, one) => left.replaceAll(one, '[address]'), text))
  const scrubbed = plain
    .replace(LINK, '[link]')
    .replace(ADDRESS, '[address]')
    .replace(NAMED_SECRET, '$1: [secret]')
    .replace(BEARER, 'bearer [secret]')
    .replace(LONG_WORD, withoutToken)
    .replace(NUMBER, (found) => (IS_REQUEST_ID.test(found) ? found : '[number]'))
  return scrubbed === '' ? {} : { detail: bounded(scrubbed) }
}

/** Full-width signs become plain ones, and what cannot be seen goes: neither may hide an address. */
function onOneLine(text: string): string {
  const visible = text
    .toWellFormed()
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
  return visible.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** Names of errors and settings have no digits; keys and tokens nearly always do. */
function withoutToken(word: string): string {
  return /\d/.test(word) && /[a-z]/i.test(word) && !IS_REQUEST_ID.test(word) ? '[secret]' : word
}

function bounded(text: string): string {
  const characters = [...text]
  return characters.length <= MOST_CHARACTERS ? text : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`
}
