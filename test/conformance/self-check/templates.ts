import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lintTemplate } from '../cfn-lint.ts'
import type { Tally } from './tally.ts'

function template(property: string): string {
  const resource = { Type: 'AWS::SQS::Queue', Properties: { [property]: 5, MessageRetentionPeriod: 3600 } }
  const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }
  return JSON.stringify({ Resources: { Pages: { ...resource, ...kept } } })
}

/** cfn-lint takes a template that is right, and says what is wrong with another. */
export async function templateChecks(tally: Tally): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-templates-'))
  try {
    const lint = async (name: string, property: string) => {
      const path = join(folder, name)
      await writeFile(path, template(property))
      return tally.timed(`cfn-lint on ${name}`, () => lintTemplate(path))
    }
    const right = await lint('right.json', 'DelaySeconds')
    tally.equal('cfn-lint finds nothing', right, { errors: [], warnings: [], informational: [] })
    const { errors } = await lint('wrong.json', 'DelaySecond')
    const found = errors.map(({ rule, path }) => `${rule} ${path}`)
    tally.equal('cfn-lint finds the wrong property', found, ['E3002 Resources/Pages/Properties/DelaySecond'])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
