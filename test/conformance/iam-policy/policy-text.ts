import { literalSource } from '../pattern-source.ts'
import type { RequestContext } from './request.ts'

/** A string of a policy, taken apart: its text, its wildcards, its variables. */
export type PolicyText = readonly Piece[]

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly character: '*' | '?' }
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | null }

export interface TextRules {
  /** Whether `*` and `?` stand for other characters. */
  readonly wildcards: boolean
  /** Whether `${…}` is a variable: from version 2012-10-17 on. */
  readonly variables: boolean
}

const TOKEN = /\$\{[^}]*\}?|[*?]|[^*?$]+|\$/g
const VARIABLE = /^\$\{(?<key>[A-Za-z][\w.-]*:[^,'{}]+)(?:, '(?<fallback>[^']*)')?\}$/
/** `${*}`, `${?}` and `${$}` are the characters themselves. */
const CHARACTER = /^\$\{([*?$])\}$/

/** @throws on `${…}` that is no variable, with `at`, the way to the text. */
export function readPolicyText(text: string, rules: TextRules, at: string): PolicyText {
  const token = rules.variables ? TOKEN : /[*?]|[^*?]+/g
  return (text.match(token) ?? []).map((part) => {
    if (part === '*' || part === '?') return rules.wildcards ? { kind: 'wildcard', character: part } : textPiece(part)
    return rules.variables && part.startsWith(`\${`) ? readVariable(part, at) : textPiece(part)
  })
}

function readVariable(part: string, at: string): Piece {
  const character = CHARACTER.exec(part)?.[1]
  if (character !== undefined) return textPiece(character)
  const { key, fallback } = VARIABLE.exec(part)?.groups ?? {}
  if (key === undefined) throw new Error(`${at}: ${part} is no variable`)
  return { kind: 'variable', key, fallback: fallback ?? null }
}

function textPiece(text: string): Piece {
  return { kind: 'text', text }
}

export interface Comparison {
  readonly ignoreCase?: boolean
  /** In an ARN a wildcard before the fifth colon does not reach past a colon. */
  readonly inArn?: boolean
}

/**
 * Whether a value is what the text says. A variable's value stands for itself, wildcards in it too; nothing equals a
 * variable without a value, or is like it.
 * @throws on a variable whose key is multivalued.
 */
export function isLike(value: string, text: PolicyText, context: RequestContext, how: Comparison = {}): boolean {
  let source = ''
  let colons = 0
  for (const piece of text) {
    if (piece.kind === 'wildcard') {
      source += `${how.inArn && colons < 5 ? '[^:]' : '.'}${piece.character === '*' ? '*' : ''}`
      continue
    }
    const literal = piece.kind === 'text' ? piece.text : variableValue(piece.key, context, piece.fallback)
    if (literal === null) return false
    colons += literal.split(':').length - 1
    source += literalSource(literal)
  }
  return new RegExp(`^${source}$`, how.ignoreCase ? 'isu' : 'su').test(value)
}

function variableValue(key: string, context: RequestContext, fallback: string | null): string | null {
  const value = context.valueOf(key) ?? fallback
  if (value !== null && typeof value === 'object') throw new Error(`context: ${key} has several values, a variable one`)
  return value === null ? null : String(value)
}
