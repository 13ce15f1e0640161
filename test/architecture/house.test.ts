import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allSampleNames, replySampleNames } from '../unit/sources/sample-events.ts'
import { MOST_FUNCTION_LINES, MOST_LINES, nameFault, sourceFaults, testFaults } from './house.ts'
import { filesUnder } from './project-files.ts'

const TOP_LEVEL = ['functions', 'shared', 'infra', 'events', 'test', 'docs']
const MADE_ON_THIS_MACHINE = ['node_modules', 'coverage', 'dist']
const sources = filesUnder(['functions', 'shared', 'infra'], '.ts')
const tests = filesUnder(['test'], '.ts')

function faultsIn(files: readonly string[], faultsOf: (text: string) => readonly string[]): string[] {
  return files.flatMap((file) => faultsOf(readFileSync(file, 'utf8')).map((fault) => `${file}:${fault}`))
}

test('the top level holds these folders and nothing else', () => {
  const folders = readdirSync('.', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const visible = folders.map(({ name }) => name).filter((name) => !name.startsWith('.'))
  expect(visible.filter((name) => !TOP_LEVEL.includes(name) && !MADE_ON_THIS_MACHINE.includes(name))).toEqual([])
})

test('names are in kebab-case and say something', () => {
  expect(sources.length).toBeGreaterThan(100)
  const all = [...sources, ...tests, ...filesUnder(['events', 'docs'])]
  expect(all.map((file) => nameFault(file) && `${file}: ${nameFault(file)}`).filter(Boolean)).toEqual([])
})

test(`a file has at most ${MOST_LINES} lines`, () => {
  const code = sources.filter((file) => !file.startsWith('shared/content/'))
  const long = code.map((file) => `${file}: ${readFileSync(file, 'utf8').split('\n').length - 1}`)
  expect(long.filter((line) => Number(line.split(': ')[1]) > MOST_LINES)).toEqual([])
})

test(`a function has at most ${MOST_FUNCTION_LINES} lines, and nothing is forwarded whole`, () => {
  expect(faultsIn(sources, sourceFaults)).toEqual([])
})

test('every test runs', () => {
  expect(tests.length).toBeGreaterThan(40)
  expect(faultsIn(tests, testFaults)).toEqual([])
})

test('every sample event is among those that the tests of the sources read', () => {
  const events = filesUnder(['events'], '.json').map((file) => file.slice('events/'.length, -'.json'.length))
  expect(events.length).toBeGreaterThan(10)
  expect([...allSampleNames(), ...replySampleNames()].toSorted()).toEqual(events.toSorted())
})

test.each([
  ['shared/app/tick.ts', null],
  ['infra/local/dynalite.d.ts', null],
  ['infra/directory.example.yml', null],
  ['test/unit/app/tick.test.ts', null],
  ['shared/app/Tick.ts', 'Tick.ts is not in kebab-case'],
  ['shared/app/load_incident.ts', 'load_incident.ts is not in kebab-case'],
  ['functions/serveApi/handler.ts', 'serveApi is not in kebab-case'],
  ['shared/app/time-utils.ts', 'time-utils.ts: "utils" says nothing'],
  ['shared/app/mail-service.ts', 'mail-service.ts: "service" says nothing'],
  ['shared/core/index.ts', 'index.ts says nothing'],
  ['shared/core/index-row.ts', null],
])('the name %s: %s', (path, fault) => {
  expect(nameFault(path)).toBe(fault)
})

test('a long function and a forwarded file are found', () => {
  const body = '\n'.repeat(MOST_FUNCTION_LINES - 1)
  expect(sourceFaults(`function a() {${body}}`)).toEqual([])
  expect(sourceFaults(`\nfunction a() {${body}\n}`)).toEqual([`2: a function of ${MOST_FUNCTION_LINES + 1} lines`])
  expect(sourceFaults(`const a = () => {${body}\n}`)).toHaveLength(1)
  expect(sourceFaults("export * from './a.ts'")).toEqual(['1: export *'])
  expect(sourceFaults("export { a } from './a.ts'")).toEqual([])
})

test.each([
  ['test.skip("x", () => {})', 'test.skip'],
  ['it.only("x", () => {})', 'it.only'],
  ['describe.todo("x")', 'describe.todo'],
  ['test.concurrent.skip("x", () => {})', 'test.skip'],
  ['test.skip.each([1])("x", () => {})', 'test.skip'],
  ['test.skipIf(true)("x", () => {})', 'test.skipIf'],
  ['test.runIf(false)("x", () => {})', 'test.runIf'],
  ['test.fails("x", () => {})', 'test.fails'],
  ['xit("x", () => {})', 'xit'],
])('a test that does not count is found: %s', (text, fault) => {
  expect(testFaults(text)).toEqual([`1: ${fault}`])
  expect(testFaults('test("x", () => {}); items.skip(1); test.runIf(onPosix)()')).toEqual([])
})
