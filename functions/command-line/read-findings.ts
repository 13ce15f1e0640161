import type { Finding } from '../../shared/core/findings/finding.ts'
import { readJson } from '../../shared/sources/json-text.ts'
import { type ParsedItem, parseEvent } from '../../shared/sources/parse-event.ts'
import { UNKNOWN } from '../../shared/sources/parsed.ts'

export interface FileItem {
  /** As given. */
  readonly file: string
  readonly item: ParsedItem
}

/**
 * The findings of event files in order; an item that is not `ok` where a file cannot be read, is no JSON, or holds
 * something that fits no kind.
 */
export async function* readFindings(
  paths: readonly string[],
  read: (path: string) => Promise<string>,
): AsyncGenerator<FileItem> {
  for (const file of paths) {
    const text = await read(file).catch((fault: unknown) => ({ fault }))
    const items =
      typeof text === 'string' ? itemsOf(text) : [refused(`a file that can be read (${messageOf(text.fault)})`, null)]
    for (const item of items) yield { file, item }
  }
}

function itemsOf(text: string): readonly ParsedItem[] {
  const json = readJson(text)
  return json.ok ? parseEvent(json.value, json.lineOf) : [refused(`JSON: ${json.expected}`, json.line)]
}

function refused(expected: string, line: number | null): ParsedItem {
  return { index: 0, ok: false, findingId: null, error: { path: '', line, expected } }
}

/** What the command line shows of a finding. */
export function findingFields(finding: Finding) {
  const { findingId, source, type, severity, nativeSeverity, title, resources, firstSeenAt, lastSeenAt } = finding
  const [accountId, region] = [knownOr(finding.accountId), knownOr(finding.region)]
  return {
    findingId,
    source,
    type,
    severity,
    nativeSeverity,
    title,
    accountId,
    region,
    resources,
    firstSeenAt,
    lastSeenAt,
  }
}

function knownOr(text: string): string | null {
  return text === UNKNOWN ? null : text
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault)
}
