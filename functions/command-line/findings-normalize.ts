import { EMPTY_DIRECTORY } from '../../shared/core/directory/directory.ts'
import { judgeFinding } from '../../shared/core/findings/judge.ts'
import type { ParsedItem } from '../../shared/sources/parse-event.ts'
import { findingFields, readFindings } from './read-findings.ts'
import { cannotRead } from './read-input.ts'
import { defineVerb } from './verb.ts'

/** `findings normalize`: what Muster would make of events, without a running Muster. */
export const FINDINGS_NORMALIZE = defineVerb({
  description: 'print one JSON line per finding of event files; works offline',
  finds: 'something fits no known kind of event (its line has an `error`)',
  args: {
    file: {
      type: 'positional',
      required: true,
      description: 'one or more files with an EventBridge event, or several, as JSON',
    },
  },
  many: true,
  run: async ({ _: files }, terminal) => {
    let faults = 0
    let unreadable = 0
    const read = (path: string) =>
      terminal.read(path).catch((fault: unknown) => {
        unreadable += 1
        terminal.complain(cannotRead(path, fault))
        throw fault
      })
    for await (const line of normalizeFiles(files, read)) {
      terminal.print(JSON.stringify(line))
      if ('error' in line) faults += 1
    }
    if (unreadable > 0) return 2
    return faults > 0 ? 1 : 0
  },
})

/** `findings normalize FILE…`: one object per finding, in order, judged by the built-in rules alone. */
export async function* normalizeFiles(
  paths: readonly string[],
  read: (path: string) => Promise<string>,
): AsyncGenerator<Record<string, unknown>> {
  for await (const { file, item } of readFindings(paths, read)) yield lineOf(file, item)
}

function lineOf(file: string, item: ParsedItem): Record<string, unknown> {
  if (!item.ok) return { file, index: item.index, error: item.error }
  const { finding } = judgeFinding(item.finding, EMPTY_DIRECTORY, item.finding.lastSeenAt)
  return {
    file,
    index: item.index,
    ...findingFields(finding),
    page: finding.ignoredReason === null,
    reason: finding.ignoredReason,
  }
}
