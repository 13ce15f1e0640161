import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** `import … from "./chunk.mjs"` and `export … from`, not `import("./later.mjs")`. */
const AT_ONCE = /(?:\bfrom|\bimport)\s*"(\.\/[^"]+\.mjs)"/g

/** What a bundle has to read and compile before it runs: its own file and those that it imports at once, in bytes. */
export function bytesAtStart(file: string, seen = new Set<string>()): number {
  if (seen.has(file)) return 0
  seen.add(file)
  const text = readFileSync(file, 'utf8')
  const others = [...text.matchAll(AT_ONCE)].map(([, path = '']) => join(dirname(file), path))
  return Buffer.byteLength(text) + others.reduce((sum, other) => sum + bytesAtStart(other, seen), 0)
}
