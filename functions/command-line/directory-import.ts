import * as z from 'zod'
import { ask } from './ask.ts'
import { errorLine, warningLine } from './directory-errors.ts'
import { readInput } from './read-input.ts'
import { defineVerb } from './verb.ts'

const IMPORTED = z.looseObject({
  version: z.string(),
  warnings: z.array(z.looseObject({ path: z.string(), line: z.number().nullable(), text: z.string() })).default([]),
})

/** `directory import`: replaces the whole directory by a file, or nothing. */
export const DIRECTORY_IMPORT = defineVerb({
  description: 'replace the directory by a file, all or nothing',
  finds: 'the file has errors and nothing was changed',
  args: { file: { type: 'positional', required: true, description: 'YAML or JSON' } },
  run: async ({ file, json }, terminal) => {
    const text = await readInput(terminal, file)
    if (text === null) return 2
    const type = text.trimStart().startsWith('{') ? 'application/json' : 'application/yaml'
    const answer = await ask(terminal, IMPORTED, {
      ...{ method: 'PUT', path: '/v1/directory', body: text },
      headers: { 'content-type': type },
    })
    if (answer.ok) {
      const { version, warnings } = answer.content
      const lines = [
        ...warnings.map((warning) => warningLine(file, warning)),
        `${file} is the directory now, version ${version}`,
      ]
      terminal.print(json ? JSON.stringify(answer.content) : lines.join('\n'))
      return 0
    }
    if (answer.errors.length === 0) terminal.complain(answer.problem)
    else if (json) terminal.print(JSON.stringify({ file, errors: answer.errors }))
    else for (const error of answer.errors) terminal.print(errorLine(file, error))
    return answer.errors.length === 0 ? answer.exit : 1
  },
})
