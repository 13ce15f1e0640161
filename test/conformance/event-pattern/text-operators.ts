import { isObject } from '../json-object.ts'
import { literalSource } from '../pattern-source.ts'
import type { ReadOperand, ValueTest } from './value-test.ts'

/** `{"prefix": "us-"}` or `{"prefix": {"equals-ignore-case": "eventb"}}`; an empty one matches every string. */
export const readPrefix: ReadOperand = (operand) => readEnd('prefix', operand, (text, end) => text.startsWith(end))

/** `{"suffix": ".png"}` or `{"suffix": {"equals-ignore-case": ".png"}}`. */
export const readSuffix: ReadOperand = (operand) => readEnd('suffix', operand, (text, end) => text.endsWith(end))

export const readEqualsIgnoreCase: ReadOperand = (operand) => {
  if (typeof operand !== 'string') return '"equals-ignore-case" takes a string'
  return onText((text) => text.toLowerCase() === operand.toLowerCase())
}

/** `*` stands for any run of characters; `\*` and `\\` for themselves. */
export const readWildcard: ReadOperand = (operand) => {
  if (typeof operand !== 'string') return '"wildcard" takes a string'
  const pieces = operand.match(/\\[\s\S]?|\*+|[^\\*]+/g) ?? []
  if (pieces.some((piece) => /^\*{2}/.test(piece))) return '"wildcard" takes no two "*" in a row'
  if (pieces.some((piece) => piece.startsWith('\\') && !/^\\[\\*]$/.test(piece))) {
    return '"wildcard" takes a backslash only before "*" or a backslash'
  }
  const sources = pieces.map((piece) => (piece === '*' ? '.*' : literalSource(piece.replace(/^\\/, ''))))
  const whole = new RegExp(`^${sources.join('')}$`, 's')
  return onText((text) => whole.test(text))
}

function readEnd(name: string, operand: unknown, endsSo: (text: string, end: string) => boolean): ValueTest | string {
  if (typeof operand === 'string') return onText((text) => endsSo(text, operand))
  const end = isObject(operand) && Object.keys(operand).length === 1 ? operand['equals-ignore-case'] : undefined
  if (typeof end !== 'string') return `"${name}" takes a string, or "equals-ignore-case" with one`
  return onText((text) => endsSo(text.toLowerCase(), end.toLowerCase()))
}

function onText(test: (text: string) => boolean): ValueTest {
  return (value) => typeof value === 'string' && test(value)
}
