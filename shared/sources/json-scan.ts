import type { Segment } from './parsed.ts'

// `JSON.parse` keeps no positions, and names the place of a fault only for some of them. This reads the same grammar
// (RFC 8259) token by token, without recursion, so that depth cannot break it.

const SPACE = /[ \t\r\n]*/y
const TOKEN = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** An object or list that is open, and the member in it that is being read. */
export interface Frame {
  readonly close: '}' | ']'
  at: Segment
}

type State = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'next' | 'end'

/**
 * Calls `onValue` with where each value stands (the frames are reused: read them at once).
 * @returns the first fault, null for valid JSON.
 */
export function scanJson(
  text: string,
  onValue: (frames: readonly Frame[], offset: number) => void,
): { offset: number; expected: string } | null {
  const frames: Frame[] = []
  let state: State = 'value'
  let offset = 0
  for (;;) {
    offset += matchAt(SPACE, text, offset).length
    const token = tokenAt(text, offset)
    if (token === '' && offset === text.length && state === 'end') return null
    if (startsValue(state, token)) onValue(frames, offset)
    const next = step(state, token, frames)
    if (next === null) return { offset, expected: expectedIn(state, frames) }
    state = next
    offset += token.length
  }
}

function matchAt(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0] ?? ''
}

function tokenAt(text: string, offset: number): string {
  return text.charCodeAt(offset) === QUOTE ? stringAt(text, offset) : matchAt(TOKEN, text, offset)
}

/** A text in quotes, empty if it is faulty. By hand, since a pattern would run out of stack on a long one. */
function stringAt(text: string, offset: number): string {
  for (let at = offset + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === QUOTE) return text.slice(offset, at + 1)
    const escaped = unit === BACKSLASH ? matchAt(ESCAPE, text, at) : 'x'
    if (unit < 0x20 || escaped === '') return ''
    at += escaped.length - 1
  }
  return ''
}

function startsValue(state: State, token: string): boolean {
  return (state === 'value' || state === 'first-value') && token !== '' && !'}],:'.includes(token)
}

/** The state after a token; null where the token does not belong. */
function step(state: State, token: string, frames: Frame[]): State | null {
  const frame = frames.at(-1)
  if (startsValue(state, token)) return openOrPass(token, frames)
  if (frame === undefined) return null
  if (token === frame.close && state !== 'value' && state !== 'key' && state !== 'colon') return closeFrame(frames)
  if (state === 'next' && token === ',') return nextMember(frame)
  if (state === 'colon' && token === ':') return 'value'
  if ((state !== 'key' && state !== 'first-key') || !token.startsWith('"')) return null
  frame.at = String(JSON.parse(token))
  return 'colon'
}

function openOrPass(token: string, frames: Frame[]): State {
  if (token === '{') frames.push({ close: '}', at: '' })
  else if (token === '[') frames.push({ close: ']', at: 0 })
  else return frames.length === 0 ? 'end' : 'next'
  return token === '{' ? 'first-key' : 'first-value'
}

function closeFrame(frames: Frame[]): State {
  frames.pop()
  return frames.length === 0 ? 'end' : 'next'
}

function nextMember(frame: Frame): State {
  if (typeof frame.at === 'string') return 'key'
  frame.at += 1
  return 'value'
}

function expectedIn(state: State, frames: readonly Frame[]): string {
  const close = frames.at(-1)?.close ?? ''
  const words: Record<State, string> = {
    value: 'a value',
    'first-value': 'a value or "]"',
    key: 'a name in double quotes',
    'first-key': 'a name in double quotes or "}"',
    colon: '":"',
    next: `"," or "${close}"`,
    end: 'nothing more',
  }
  return words[state]
}
