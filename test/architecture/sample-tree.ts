import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A file of a made-up project and the one thing that it imports. */
export interface SampleImport {
  readonly file: string
  readonly imports: string
  /** Only the type, which leaves no trace at run time. */
  readonly asType?: boolean
}

export interface SampleTree {
  readonly folder: string
  readonly remove: () => void
}

const LISTED = ['temporal-polyfill', 'zod', '@aws-sdk/client-dynamodb']
const DEVELOPMENT = ['vitest']

/** A made-up project on disk with these files, each importing one other, which is there too. */
export function sampleTree(files: readonly SampleImport[]): SampleTree {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sample-tree-')))
  write(
    folder,
    'package.json',
    JSON.stringify({ dependencies: versions(LISTED), devDependencies: versions(DEVELOPMENT) }),
  )
  for (const name of [...LISTED, ...DEVELOPMENT, 'unlisted']) writePackage(folder, name)
  for (const { file, imports } of files) {
    const target = imports.startsWith('.') && !imports.includes('gone') ? join(dirname(file), imports) : null
    if (target && !files.some((one) => one.file === target)) write(folder, target, 'export const thing = 1\n')
  }
  for (const one of files) write(folder, one.file, sourceOf(one))
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}

function sourceOf({ imports, asType }: SampleImport): string {
  return `export ${asType ? 'type ' : ''}{ thing } from '${imports}'\n`
}

function writePackage(folder: string, name: string): void {
  const manifest = { name, version: '1.0.0', type: 'module', main: './index.js' }
  write(folder, `node_modules/${name}/package.json`, JSON.stringify(manifest))
  write(folder, `node_modules/${name}/index.js`, 'export const thing = 1\n')
}

function versions(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, '1.0.0']))
}

function write(folder: string, file: string, text: string): void {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
