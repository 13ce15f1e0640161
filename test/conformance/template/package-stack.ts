import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { runProgram } from '../emulators/run-program.ts'
import { MAIL_FROM, SMS_IDENTITY } from './stack-values.ts'

const PACKAGED = '.serverless/cloudformation-template-update-stack.json'
const OPENED = [`--param=mailFrom=${MAIL_FROM}`, `--param=smsIdentity=${SMS_IDENTITY}`]

declare module 'vitest' {
  interface ProvidedContext {
    /** The packaged template, as JSON. */
    readonly templatePath: string
  }
}

/** Packages once for all tests. They read a copy: who packages meanwhile takes the template away first. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { root } = project.config
  await runProgram({
    command: 'npm',
    args: ['run', '--silent', 'package', '--', ...OPENED],
    cwd: root,
    hint: '`npm run package` must work: it needs no network and no account.',
  })
  const folder = await mkdtemp(join(tmpdir(), 'muster-packaged-'))
  const templatePath = join(folder, 'template.json')
  await copyFile(join(root, PACKAGED), templatePath)
  project.provide('templatePath', templatePath)
  return () => rm(folder, { recursive: true, force: true })
}
