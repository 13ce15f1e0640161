import { readJson } from '../../shared/sources/json-text.ts'
import { type ParsedItem, parseEvent } from '../../shared/sources/parse-event.ts'
import { UNKNOWN } from '../../shared/sources/parsed.ts'
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

/**
 * `findings normalize FILE…`: one object per finding, in order, each with its `file` as given; `error` where the file
 * cannot be read, is no JSON, or holds something that fits no kind.
 */
export async function* normalizeFiles(
  paths: readonly string[],
  read: (path: string) => Promise<string>,
): AsyncGenerator<Record<string, unknown>> {
  for (const file of paths) {
    const text = await read(file).catch((fault: unknown) => ({ fault }))
    if (typeof text === 'string') yield* linesOf(file, text)
    else yield faultLine(file, `a file that can be read (${messageOf(text.fault)})`, null)
  }
}

function* linesOf(file: string, text: string): Generator<Record<string, unknown>> {
  const json = readJson(text)
  if (json.ok) for (const item of parseEvent(json.value, json.lineOf)) yield lineOf(file, item)
  else yield faultLine(file, `JSON: ${json.expected}`, json.line)
}

function faultLine(file: string, expected: string, line: number | null): Record<string, unknown> {
  return { file, index: 0, error: { path: '', line, expected } }
}

function lineOf(file: string, item: ParsedItem): Record<string, unknown> {
  if (!item.ok) return { file, index: item.index, error: item.error }
  const { finding } = item
  return {
    file,
    index: item.index,
    findingId: finding.findingId,
    source: finding.source,
    type: finding.type,
    severity: finding.severity,
    nativeSeverity: finding.nativeSeverity,
    title: finding.title,
    accountId: knownOr(finding.accountId),
    region: knownOr(finding.region),
    resources: finding.resources,
    firstSeenAt: finding.firstSeenAt,
    lastSeenAt: finding.lastSeenAt,
    page: finding.ignoredReason === null,
    reason: finding.ignoredReason,
  }
}

function knownOr(text: string): string | null {
  return text === UNKNOWN ? null : text
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault)
}
