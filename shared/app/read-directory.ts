import { stringify } from 'yaml'
import type * as z from 'zod'
import type { Directory } from '../core/directory/directory.ts'
import type { Instant } from '../core/time/instant.ts'
import { openDocument } from './directory-document.ts'
import { endlessSuppressions } from './directory-finding-rules.ts'
import { type DirectoryError, type FilePath, locateProblems, type Problem, valueText } from './directory-problem.ts'
import { referenceProblems } from './directory-references.ts'
import { directoryFile } from './directory-schema.ts'
import { type DirectoryWarning, directoryWarnings } from './directory-warnings.ts'

export type { DirectoryError } from './directory-problem.ts'
export type { DirectoryWarning } from './directory-warnings.ts'

export type ReadDirectory =
  | { readonly ok: true; readonly directory: Directory; readonly warnings: readonly DirectoryWarning[] }
  | { readonly ok: false; readonly errors: readonly DirectoryError[] }

/**
 * Reads a directory file, YAML or JSON of at most 1 MB, all or nothing: the directory with its defaults filled in and
 * instants in UTC, or every error with path, line, what was found and what was expected. `verified` is taken at its word.
 * @param now for what depends on it: suppressions without a beginning, or past their end. Null where nobody asks.
 */
export function readDirectory(text: string, now: Instant | null = null): ReadDirectory {
  const document = openDocument(text)
  if (document.broken) return { ok: false, errors: document.errors }
  const parsed = directoryFile.safeParse(document.content)
  const problems = [
    ...(parsed.error?.issues ?? []).flatMap((issue) => issueProblems(document.content, issue)),
    ...referenceProblems(document.content),
    ...(now === null ? [] : endlessSuppressions(parsed.data?.findings?.suppressions ?? [], now)),
  ]
  const errors = inOrder([...document.errors, ...locateProblems(problems, document.lineOf)])
  if (!parsed.success || errors.length > 0) return { ok: false, errors }
  const directory: Directory = parsed.data
  return { ok: true, directory, warnings: directoryWarnings(directory, document.lineOf, now) }
}

/** The directory as a file that `readDirectory` reads to the same. */
export function writeDirectory(directory: Directory): string {
  return stringify(directory, { lineWidth: 0, aliasDuplicateObjects: false })
}

/** By line; what has none comes last. */
function inOrder(errors: readonly DirectoryError[]): DirectoryError[] {
  return errors.toSorted((a, b) => (a.line ?? Number.MAX_SAFE_INTEGER) - (b.line ?? Number.MAX_SAFE_INTEGER))
}

function issueProblems(content: unknown, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, issue.message))
  return [{ path, found: valueText(valueAt(content, path)), expected: issue.message }]
}

/** @param known the keys that may stand there, as the schema's message lists them. */
function unknownKey(path: FilePath, key: string, known: string): Problem {
  return {
    path: [...path, key],
    found: `the key ${valueText(key)}`,
    expected: `one of the keys ${known}`,
    hint: { word: key, known: known.split(', ') },
  }
}

function valueAt(content: unknown, path: FilePath): unknown {
  let value = content
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string | number, unknown>)[step]
  }
  return value
}
