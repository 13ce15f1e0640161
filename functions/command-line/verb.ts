import { parseArgs as parseStrictly } from 'node:util'
import { type ArgsDef, type ParsedArgs, parseArgs } from 'citty'
import type { ExitCode, Terminal } from './terminal.ts'

/** One verb of the command line, or a word with verbs below it, or both. */
export interface Verb {
  readonly description: string
  readonly args: ArgsDef
  /** What exit code 1 means. */
  readonly finds: string | null
  /** By their names. */
  readonly verbs: Readonly<Record<string, Verb>>
  /** Null for a word that needs another after it. */
  readonly run: ((words: readonly string[], terminal: Terminal) => Promise<ExitCode>) | null
}

interface Definition<T extends ArgsDef> {
  readonly description: string
  readonly finds?: string
  readonly args: T
  /** As many positional words as one likes, of which the first has the name in `args`. */
  readonly many?: boolean
  readonly verbs?: Readonly<Record<string, Verb>>
  readonly run: (args: ParsedArgs<T & typeof EVERYWHERE>, terminal: Terminal) => Promise<ExitCode>
}

const EVERYWHERE = { json: { type: 'boolean', description: 'print JSON, for other programs' } } as const

/** A verb whose words are checked before it runs: unknown options, missing and surplus words end with 2. */
export function defineVerb<const T extends ArgsDef>(definition: Definition<T>): Verb {
  const { description, finds = null, verbs = {}, many = false } = definition
  const args = { ...definition.args, ...EVERYWHERE }
  const run = async (words: readonly string[], terminal: Terminal): Promise<ExitCode> => {
    const parsed = parse<T & typeof EVERYWHERE>(words, args, many)
    if (parsed.ok) return definition.run(parsed.args, terminal)
    terminal.complain(parsed.problem)
    return 2
  }
  return { description, finds, args, verbs, run }
}

/** A word that only leads to others. */
export function defineGroup(description: string, verbs: Readonly<Record<string, Verb>>): Verb {
  return { description, finds: null, args: {}, verbs, run: null }
}

type Parsed<T extends ArgsDef> =
  | { readonly ok: true; readonly args: ParsedArgs<T> }
  | { readonly ok: false; readonly problem: string }

/** citty reads tolerantly and gives types; Node's own reader first refuses what is not described. */
function parse<T extends ArgsDef>(words: readonly string[], args: ArgsDef, many: boolean): Parsed<T> {
  try {
    const { positionals } = parseStrictly({ args: [...words], options: optionsOf(args), allowPositionals: true })
    const most = Object.values(args).filter(({ type }) => type === 'positional').length
    const surplus = many ? undefined : positionals[most]
    if (surplus !== undefined) return { ok: false, problem: `nothing was expected where "${surplus}" stands` }
    return { ok: true, args: parseArgs<T>([...words], args) }
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault)
    return { ok: false, problem: message.split('. To specify')[0] ?? message }
  }
}

function optionsOf(args: ArgsDef): Record<string, { type: 'string' | 'boolean' }> {
  const named = Object.entries(args).filter(([, { type }]) => type !== 'positional')
  return Object.fromEntries(named.map(([name, { type }]) => [name, { type: type === 'boolean' ? type : 'string' }]))
}
