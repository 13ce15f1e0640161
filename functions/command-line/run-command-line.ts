import { stripVTControlCharacters } from 'node:util'
import { renderUsage } from 'citty'
import { nearestTo } from '../../shared/app/nearest-word.ts'
import { plainText } from './table-text.ts'
import type { ExitCode, Terminal } from './terminal.ts'
import type { Verb } from './verb.ts'
import { MUSTER } from './verbs.ts'

/** The words that led to a verb, and those that are left for it. */
interface Found {
  readonly verb: Verb
  readonly path: readonly string[]
  readonly rest: readonly string[]
}

/** `muster <words>`: the one way in, with everything from outside in `terminal`. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const found = find({ verb: MUSTER, path: ['muster'], rest: words })
  if (asksForHelp(words)) {
    terminal.print(await usageOf(found))
    return 0
  }
  if (found.verb.run) return runVerb(found, terminal)
  terminal.complain(await missingVerb(found))
  return 2
}

function find(at: Found): Found {
  const [word, ...rest] = at.rest
  if (word === undefined || !Object.hasOwn(at.verb.verbs, word)) return at
  const verb = at.verb.verbs[word]
  return verb ? find({ verb, path: [...at.path, word], rest }) : at
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  return words.slice(0, end < 0 ? undefined : end).some((word) => word === '--help' || word === '-h')
}

async function runVerb({ verb, path, rest }: Found, terminal: Terminal): Promise<ExitCode> {
  const complain = (text: string) =>
    terminal.complain(plainText(`${path.join(' ')}: ${stripVTControlCharacters(text)}`))
  return (await verb.run?.(rest, { ...terminal, complain })) ?? 2
}

async function missingVerb(found: Found): Promise<string> {
  const [word] = found.rest
  const path = found.path.join(' ')
  if (word === undefined) return usageOf(found)
  if (word.startsWith('-')) return `${path}: unknown option ${word}; see ${path} --help`
  const near = nearestTo(word, Object.keys(found.verb.verbs))
  return `${path}: unknown verb ${word}${near ? `; perhaps ${near}` : ''}; see ${path} --help`
}

async function usageOf({ verb, path }: Found): Promise<string> {
  const subCommands = Object.fromEntries(
    Object.entries(verb.verbs).map(([name, { description }]) => [name, { meta: { name, description } }]),
  )
  const command = { meta: { name: path.join(' '), description: verb.description }, args: verb.args }
  const hasVerbs = Object.keys(subCommands).length > 0
  const text = stripVTControlCharacters(await renderUsage(hasVerbs ? { ...command, subCommands } : command))
  return `${text.replaceAll(/ +$/gm, '').trimEnd()}\n\nEXIT CODES 0 fine, 1 ${verb.finds ?? 'found something'}, 2 bad input or no answer`
}
