import { readDirectory } from '../../shared/app/read-directory.ts'
import { errorLine, warningLine } from './directory-errors.ts'
import { readInput } from './read-input.ts'
import { defineVerb } from './verb.ts'

/** `directory check`: whether a directory file could be imported; every error at once. */
export const DIRECTORY_CHECK = defineVerb({
  description: 'whether a directory file can be imported; names every error at once; works offline',
  finds: 'the file has errors',
  args: { file: { type: 'positional', required: true, description: 'YAML or JSON' } },
  run: async ({ file, json }, terminal) => {
    const text = await readInput(terminal, file)
    if (text === null) return 2
    const read = readDirectory(text, terminal.now())
    const errors = read.ok ? [] : read.errors
    const warnings = read.ok ? read.warnings : []
    if (json) terminal.print(JSON.stringify({ file, errors, warnings }))
    else {
      for (const error of errors) terminal.print(errorLine(file, error))
      for (const warning of warnings) terminal.print(warningLine(file, warning))
      if (read.ok) terminal.print(`${file}: ${read.directory.responders.length} responders, no errors`)
    }
    return read.ok ? 0 : 1
  },
})
