import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Tags,
  visit,
} from 'yaml'
import { type DirectoryError, type FilePath, type LineOf, pathText, valueText } from './directory-problem.ts'

/** A file of YAML or JSON (which is YAML too), read but not yet checked. */
export interface DirectoryDocument {
  readonly content: unknown
  /** What is wrong with the YAML itself; the content counts for nothing where `broken`. */
  readonly errors: readonly DirectoryError[]
  readonly broken: boolean
  /** The line at which what is at `path` begins; of what is missing, that of the mapping around it. */
  readonly lineOf: LineOf
}

/** 1 MB, as for every body. */
const MOST_BYTES = 1_048_576
/** A broken file breaks again and again; the first places are the ones to look at. */
const MOST_SYNTAX_ERRORS = 50
/** How often anchors may be used, nested ones multiplied: a few bytes must not become a gigabyte. */
const MOST_ALIASES = 100

/**
 * The core schema but for whole numbers: those of eleven digits and more, with a plus or with a leading zero stay text,
 * so that accounts and phone numbers are right without quotes too. Dates and `22:00` are text in it anyway.
 */
const withShortNumbers = (tags: Tags): Tags => tags.map(shortNumber)

function shortNumber(tag: Tags[number]): Tags[number] {
  const isPlainInt = typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:int' && tag.format === undefined
  return isPlainInt && tag.collection === undefined ? { ...tag, test: /^-?(?:0|[1-9][0-9]{0,9})$/ } : tag
}

/** Reads YAML or JSON. Duplicate keys are problems, though the rest is read; syntax errors break the whole. */
export function openDocument(text: string): DirectoryDocument {
  if (Buffer.byteLength(text) > MOST_BYTES) return brokenAt(null, `${Buffer.byteLength(text)} bytes`, 'at most 1 MB')
  try {
    return readDocument(text)
  } catch (fault) {
    // Nesting beyond the stack and aliases beyond their number are the file's fault, not ours.
    if (fault instanceof RangeError) return brokenAt(null, 'nesting without end', 'mappings and lists a few deep')
    if (fault instanceof ReferenceError) return brokenAt(null, 'too many aliases', `at most ${MOST_ALIASES} aliases`)
    throw fault
  }
}

function readDocument(text: string): DirectoryDocument {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    schema: 'core',
    resolveKnownTags: false,
    customTags: withShortNumbers,
    // Checked below in one pass; the parser compares each key with each.
    uniqueKeys: false,
    lineCounter: lines,
    logLevel: 'error',
  })
  const lineAt = (offset: number | undefined) => (offset === undefined ? null : lines.linePos(offset).line)
  const broken = [...syntaxErrors(document, lineAt), ...unresolvedAliases(document, lineAt)]
  if (broken.length > 0) return { ...NOTHING, errors: broken }
  return {
    content: document.toJS({ maxAliasCount: MOST_ALIASES }),
    errors: duplicateKeys(document, lineAt),
    broken: false,
    lineOf: (path) => lineAt(offsetOf(document, path)),
  }
}

const NOTHING: DirectoryDocument = { content: null, errors: [], broken: true, lineOf: () => null }

function brokenAt(line: number | null, found: string, expected: string): DirectoryDocument {
  return { ...NOTHING, errors: [{ path: pathText([]), line, found, expected }] }
}

type LineAt = (offset: number | undefined) => number | null

function syntaxErrors(document: Document.Parsed, lineAt: LineAt): DirectoryError[] {
  const faults = [...document.errors, ...document.warnings].slice(0, MOST_SYNTAX_ERRORS)
  return faults.map((fault) => ({
    path: pathText([]),
    line: lineAt(fault.pos[0]),
    found: fault.message.split(' at line ')[0] ?? fault.code,
    expected: 'YAML or JSON without mistakes',
  }))
}

function unresolvedAliases(document: Document, lineAt: LineAt): DirectoryError[] {
  const found: DirectoryError[] = []
  visit(document, {
    Alias(_, alias, ancestors) {
      if (alias.resolve(document)) return
      const line = lineAt(alias.range?.[0])
      found.push({ path: pathOf(ancestors, alias), line, found: `*${alias.source}`, expected: 'an anchor before it' })
    },
  })
  return found
}

function duplicateKeys(document: Document, lineAt: LineAt): DirectoryError[] {
  const found: DirectoryError[] = []
  visit(document, {
    Map(_, map, ancestors) {
      const seen = new Set<string>()
      for (const key of map.items.map((pair) => pair.key).filter(isScalar)) {
        const name = String(key.value)
        const said = {
          path: pathOf(ancestors, map),
          found: `the key ${valueText(name)} again`,
          expected: 'each key once',
        }
        if (seen.has(name) && found.length < MOST_SYNTAX_ERRORS) found.push({ ...said, line: lineAt(key.range?.[0]) })
        seen.add(name)
      }
    },
  })
  return found
}

/** The path to a node from the nodes around it, outermost first. */
function pathOf(ancestors: readonly unknown[], node: unknown): string {
  const chain = [...ancestors, node]
  const steps = chain.flatMap((each, depth): (string | number)[] => {
    if (isPair(each)) return [isScalar(each.key) ? String(each.key.value) : '?']
    return isSeq(each) && depth < chain.length - 1 ? [each.items.indexOf(chain[depth + 1])] : []
  })
  return pathText(steps)
}

/** Where the key or list entry at `path` begins; of what is missing, where the mapping around it begins. */
function offsetOf(document: Document, path: FilePath): number | undefined {
  let node: unknown = document.contents
  let offset = rangeStart(node)
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document)
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step) : undefined
    node = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined
    const begins = rangeStart(pair ? pair.key : node)
    if (begins === undefined) return offset
    offset = begins
  }
  return offset
}

function rangeStart(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}
