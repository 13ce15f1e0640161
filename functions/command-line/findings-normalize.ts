import { readJson } from '../../shared/sources/json-text.ts'
import { type ParsedItem, parseEvent } from '../../shared/sources/parse-event.ts'
import { UNKNOWN } from '../../shared/sources/parsed.ts'

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
