import { scanJson } from './json-scan.ts'
import type { Segment } from './parsed.ts'
import { lowerFirst } from './tolerant-schema.ts'

/** No schema looks deeper, and a path per level of something very deep would fill the memory. */
const MAX_DEPTH = 16

export type JsonText =
  | { readonly ok: true; readonly value: unknown; readonly lineOf: (path: readonly Segment[]) => number }
  | { readonly ok: false; readonly line: number; readonly expected: string }

/** Reads JSON, and says on which line a fault is, or a value stands. A byte order mark at the start is passed over. */
export function readJson(text: string): JsonText {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text
  try {
    return { ok: true, value: JSON.parse(plain), lineOf: lineFinder(plain) }
  } catch {
    const fault = scanJson(plain, () => {})
    return { ok: false, line: 1 + breaksIn(plain, 0, fault?.offset ?? 0), expected: fault?.expected ?? 'JSON' }
  }
}

/** Finds the line of the value at a path, or of the nearest value around it. The text is read once, when first asked. */
function lineFinder(text: string): (path: readonly Segment[]) => number {
  let lines: Map<string, number> | null = null
  return (path) => {
    lines ??= linesByPath(text)
    for (let depth = path.length; depth > 0; depth -= 1) {
      const line = lines.get(pathKey(path.slice(0, depth)))
      if (line !== undefined) return line
    }
    return lines.get(pathKey([])) ?? 1
  }
}

function linesByPath(text: string): Map<string, number> {
  const lines = new Map<string, number>()
  let line = 1
  let counted = 0
  scanJson(text, (frames, offset) => {
    if (frames.length > MAX_DEPTH) return
    line += breaksIn(text, counted, offset)
    counted = offset
    lines.set(pathKey(frames.map(({ at }) => at)), line)
  })
  return lines
}

/** A schema that takes `Id` for `id` reports `id`, so the first letter's case does not count. */
function pathKey(path: readonly Segment[]): string {
  return JSON.stringify(path.map((segment) => (typeof segment === 'string' ? lowerFirst(segment) : segment)))
}

function breaksIn(text: string, from: number, until: number): number {
  let breaks = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < until; at = text.indexOf('\n', at + 1)) breaks += 1
  return breaks
}
