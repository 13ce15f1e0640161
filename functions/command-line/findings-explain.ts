import * as z from 'zod'
import { explainFinding } from '../../shared/app/explain-finding.ts'
import { readDirectory } from '../../shared/app/read-directory.ts'
import type { Directory } from '../../shared/core/directory/directory.ts'
import { type Instant, parseInstant } from '../../shared/core/time/instant.ts'
import { ask } from './ask.ts'
import { errorLine } from './directory-errors.ts'
import { explainedFields, explainedText, refusedText } from './explained-text.ts'
import { readFindings } from './read-findings.ts'
import { cannotRead, readInput } from './read-input.ts'
import type { ExitCode, Terminal } from './terminal.ts'
import { defineVerb } from './verb.ts'

/** `findings explain`: what would become of each finding, by whose rules, and who would be called. Changes nothing. */
export const FINDINGS_EXPLAIN = defineVerb({
  description:
    'what would become of the findings of event files, and why: severity, group, who is called; changes nothing',
  finds: 'something fits no known kind of event',
  args: {
    file: { type: 'positional', required: true, description: 'one or more files with events, as JSON' },
    directory: { type: 'string', valueHint: 'file', description: 'the rules and people of this file' },
    url: { type: 'string', description: 'of the Muster whose rules and people count; MUSTER_URL, if that is set' },
    at: { type: 'string', valueHint: 'instant', description: 'an ISO 8601 instant instead of now' },
  },
  many: true,
  run: async ({ _: files, directory: file, url, at, json }, terminal) => {
    const now = at === undefined ? terminal.now() : instantOrNull(at)
    if (now === null) {
      terminal.complain(`--at: found "${at}", expected an instant with its offset, such as 2027-03-28T02:12:07Z`)
      return 2
    }
    const rules = await rulesOf(terminal, file, url)
    if (!rules.ok) return 2
    if (rules.directory === null && !json) terminal.print(NO_DIRECTORY)
    return explainAll(terminal, files, { directory: rules.directory, now, json: json === true })
  },
})

const NO_DIRECTORY =
  'By the built-in rules alone: --directory FILE, --url or MUSTER_URL name the rules and people that count.\n'

type Rules = { readonly ok: true; readonly directory: Directory | null } | { readonly ok: false }

/** The file's, else the running Muster's where one is named, else none. What is wrong has been said. */
async function rulesOf(terminal: Terminal, file: string | undefined, url: string | undefined): Promise<Rules> {
  if (file !== undefined) {
    const text = await readInput(terminal, file)
    return text === null ? { ok: false } : checked(terminal, file, text)
  }
  if (url === undefined && !terminal.isUrlGiven) return { ok: true, directory: null }
  const asked = url === undefined ? terminal : { ...terminal, url: url.replace(/\/+$/, '') }
  const answer = await ask(asked, z.record(z.string(), z.unknown()), { path: '/v1/directory' })
  if (answer.ok) return checked(terminal, `${asked.url}/v1/directory`, JSON.stringify(answer.content))
  terminal.complain(answer.problem)
  return { ok: false }
}

function checked(terminal: Terminal, where: string, text: string): Rules {
  const read = readDirectory(text)
  if (read.ok) return read
  for (const error of read.errors) terminal.complain(errorLine(where, error))
  return { ok: false }
}

interface Given {
  readonly directory: Directory | null
  readonly now: Instant
  readonly json: boolean
}

async function explainAll(terminal: Terminal, files: readonly string[], given: Given): Promise<ExitCode> {
  const { directory, now, json } = given
  let [faults, unreadable] = [0, 0]
  const read = (path: string) =>
    terminal.read(path).catch((fault: unknown) => {
      unreadable += 1
      terminal.complain(cannotRead(path, fault))
      throw fault
    })
  for await (const { file, item } of readFindings(files, read)) {
    const { index } = item
    if (item.ok) {
      const explained = explainFinding(item.finding, directory, now)
      const fields = () => JSON.stringify({ file, index, ...explainedFields(explained) })
      terminal.print(json ? fields() : explainedText(file, index, explained))
    } else {
      faults += 1
      terminal.print(json ? JSON.stringify({ file, index, error: item.error }) : refusedText(file, index, item.error))
    }
  }
  if (unreadable > 0) return 2
  return faults > 0 ? 1 : 0
}

function instantOrNull(text: string): Instant | null {
  try {
    return parseInstant(text)
  } catch {
    return null
  }
}
