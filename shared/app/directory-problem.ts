import { nearestTo } from './nearest-word.ts'

/** Where in the file: keys and places in lists. */
export type FilePath = readonly (string | number)[]

/** The line, counted from 1, of a place in the file. */
export type LineOf = (path: FilePath) => number | null

/** One thing that is wrong in a directory file. */
export interface DirectoryError {
  /** e.g. `responders[0].channels[1].address`; `(file)` for the whole. */
  readonly path: string
  /** Counted from 1; null where no line is meant. */
  readonly line: number | null
  readonly found: string
  readonly expected: string
}

/** What is wrong before it has a line. `known` are the words of which the nearest to `word` is hinted at. */
export interface Problem {
  readonly path: FilePath
  readonly found: string
  readonly expected: string
  readonly hint?: { readonly word: string; readonly known: readonly string[] }
}

/** How many errors one answer names; a file with more is not one that a person wrote. */
const MOST_ERRORS = 500

/** Problems as errors with their lines. */
export function locateProblems(problems: readonly Problem[], lineOf: LineOf): DirectoryError[] {
  const located = problems.slice(0, MOST_ERRORS).map((problem) => ({
    path: pathText(problem.path),
    line: lineOf(problem.path),
    found: problem.found,
    expected: problem.expected + hintText(problem.hint),
  }))
  const left = problems.length - located.length
  return left > 0
    ? [...located, { path: '(file)', line: null, found: `${left} more errors`, expected: 'none' }]
    : located
}

/** `responders[0].name` for `['responders', 0, 'name']`. */
export function pathText(path: FilePath): string {
  if (path.length === 0) return '(file)'
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${shorten(step)}`))
  return steps.join('').replace(/^\./, '')
}

/** A value as it is shown in an error: short, on one line. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'a mapping'
  return shorten(JSON.stringify(value) ?? typeof value)
}

function hintText(hint: Problem['hint']): string {
  const near = hint && nearestTo(hint.word, hint.known)
  return near ? `; perhaps ${near}` : ''
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
