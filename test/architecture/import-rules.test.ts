import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BREACHES, type Breach, LAWFUL } from './import-breaches.ts'
import { type SampleTree, sampleTree } from './sample-tree.ts'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = ['shared', 'functions', 'infra', 'test']
const config = await extractDepcruiseConfig(`${PROJECT}.dependency-cruiser.mjs`)

async function cruised(baseDir: string, folders: string[]): Promise<ICruiseResult> {
  const { options, ...ruleSet } = config
  const { output } = await cruise(folders, { ...options, baseDir, ruleSet, validate: true })
  if (typeof output === 'string') throw new Error(output)
  return output
}

function violations(result: ICruiseResult): string[] {
  return result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)
}

test('the project keeps its import rules', { timeout: 60_000 }, async () => {
  const result = await cruised(PROJECT, FOLDERS)
  expect(violations(result)).toEqual([])
  // Imports carry `.ts`; were they not followed, every rule would hold for want of anything to look at.
  const edges = result.modules
    .filter(({ source }) => source.startsWith('shared/core/'))
    .flatMap(({ dependencies }) => dependencies)
  expect(edges.filter(({ resolved }) => resolved.startsWith('shared/core/')).length).toBeGreaterThan(100)
  expect(edges.some(({ dependencyTypes }) => dependencyTypes.includes('type-only'))).toBe(true)
  expect(result.summary.totalDependenciesCruised ?? 0).toBeGreaterThan(500)
})

let tree: SampleTree
let reported: string[]

beforeAll(async () => {
  tree = sampleTree([...LAWFUL, ...BREACHES])
  reported = violations(await cruised(tree.folder, FOLDERS))
}, 60_000)

afterAll(() => tree.remove())

test.each(BREACHES.map((breach) => [nameOf(breach), breach] as const))('%s is reported', (_name, breach) => {
  expect(reported.filter((line) => line.startsWith(`${breach.rule}: ${breach.file} -> `))).toHaveLength(1)
})

test('every rule has a breach, and what is lawful is not reported', () => {
  expect(new Set(BREACHES.map(({ rule }) => rule))).toEqual(new Set(config.forbidden?.map(({ name }) => name)))
  for (const { file } of LAWFUL) expect(reported.filter((line) => line.includes(`: ${file} ->`))).toEqual([])
})

function nameOf({ rule, file, imports }: Breach): string {
  return `${rule}: ${file} imports ${imports}`
}
