import { stringify } from 'yaml'
import * as z from 'zod'
import { ask } from './ask.ts'
import { defineVerb } from './verb.ts'

/** What a person looks for first; the rest follows by name. */
const FIRST = [
  'version',
  'responders',
  'rotations',
  'policies',
  'accounts',
  'id',
  'severity',
  'role',
  'name',
  'kind',
  'from',
]

/** `directory export`: the directory as a file that `directory import` takes. */
export const DIRECTORY_EXPORT = defineVerb({
  description: 'print the directory as YAML (or JSON), as `directory import` takes it',
  args: {},
  run: async ({ json }, terminal) => {
    const answer = await ask(terminal, z.record(z.string(), z.unknown()), { path: '/v1/directory' })
    if (!answer.ok) {
      terminal.complain(answer.problem)
      return answer.exit
    }
    terminal.print(json ? JSON.stringify(answer.content) : yamlText(answer.content))
    return 0
  },
})

function yamlText(directory: Record<string, unknown>): string {
  const sortMapEntries = (a: { key: unknown }, b: { key: unknown }) => (rankOf(a.key) < rankOf(b.key) ? -1 : 1)
  return stringify(directory, { lineWidth: 0, sortMapEntries }).trimEnd()
}

function rankOf(key: unknown): string {
  const name = String(key)
  const place = FIRST.indexOf(name)
  return `${place < 0 ? 'z' : String.fromCharCode(97 + place)}${name}`
}
