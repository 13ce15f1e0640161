import { pythonEnvironment } from './emulators/python-environment.ts'
import { runProgram } from './emulators/run-program.ts'

/** cfn-lint's exit code has a bit for each level that it found something of. */
const FINDINGS_CODES = [0, 2, 4, 6, 8, 10, 12, 14]
const RUN = 'import sys; from cfnlint.runner import main; sys.exit(main())'

export interface TemplateFinding {
  /** `E3002` */
  readonly rule: string
  readonly message: string
  /** `Resources/Queue/Properties/DelaySecond` */
  readonly path: string
  /** From 1. */
  readonly line: number
}

export interface TemplateFindings {
  readonly errors: readonly TemplateFinding[]
  readonly warnings: readonly TemplateFinding[]
  readonly informational: readonly TemplateFinding[]
}

interface Row {
  readonly Level: string
  readonly Message: string
  readonly Rule: { readonly Id: string }
  readonly Location: {
    readonly Path: readonly (string | number)[] | null
    readonly Start: { readonly LineNumber: number }
  }
}

/** What cfn-lint has against a CloudFormation template; its schemas come with it, so it needs no network. */
export async function lintTemplate(path: string): Promise<TemplateFindings> {
  const { python } = await pythonEnvironment()
  const args = ['-c', RUN, '--format', 'json', '--include-checks', 'I', '--', path]
  const hint = `cfn-lint could not read ${path}.`
  const rows = JSON.parse(await runProgram({ command: python, args, hint, fine: FINDINGS_CODES })) as Row[]
  const atLevel = (level: string) => rows.filter((row) => row.Level === level).map(asFinding)
  return { errors: atLevel('Error'), warnings: atLevel('Warning'), informational: atLevel('Informational') }
}

function asFinding({ Rule, Message, Location }: Row): TemplateFinding {
  return { rule: Rule.Id, message: Message, path: (Location.Path ?? []).join('/'), line: Location.Start.LineNumber }
}
