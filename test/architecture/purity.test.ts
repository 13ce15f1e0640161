import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { filesUnder } from './project-files.ts'
import { AROUND_THE_CORE, CORE, impurities } from './purity.ts'

const AROUND = ['shared/app', 'shared/sources', 'shared/ports', 'shared/content']

test('the core is pure', () => {
  const files = filesUnder(['shared/core'], '.ts')
  expect(files.length).toBeGreaterThan(40)
  expect(files.flatMap((file) => impurities(readFileSync(file, 'utf8'), CORE).map((one) => `${file}:${one}`))).toEqual(
    [],
  )
})

test('use cases, sources, ports and content take time, randomness and configuration from outside', () => {
  const files = filesUnder(AROUND, '.ts')
  expect(files.length).toBeGreaterThan(20)
  const found = files.flatMap((file) =>
    impurities(readFileSync(file, 'utf8'), AROUND_THE_CORE).map((one) => `${file}:${one}`),
  )
  expect(found).toEqual([])
})

const ANYWHERE: [text: string, what: string][] = [
  ['export const at = Date.now()', 'Date'],
  ['export const at = new Date(0)', 'Date'],
  ['export function year(day: Date) {}', 'Date'],
  ['export const at = performance.now()', 'performance'],
  ['export const dice = Math.random()', 'Math.random'],
  ['const { random } = Math', 'Math.random'],
  ["export const dice = Math['random']()", 'Math.random'],
  ['export const at = Temporal.Now.instant()', 'Temporal.Now'],
  ["import { Temporal as T } from 'temporal-polyfill'", 'Temporal.Now'],
  ['const { Now } = Temporal', 'Temporal.Now'],
  ['export const port = process.env.PORT', 'process'],
  ['export const all = { process }', 'process'],
  ['setTimeout(() => {}, 1)', 'setTimeout'],
  ['setInterval(() => {}, 1)', 'setInterval'],
  ['setImmediate(() => {})', 'setImmediate'],
  ['queueMicrotask(() => {})', 'queueMicrotask'],
  ['globalThis.x', 'globalThis'],
  ["console.log('x')", 'console'],
  ["fetch('http://127.0.0.1')", 'fetch'],
  ['export const id = crypto.randomUUID()', 'crypto'],
  ["import { randomUUID } from 'node:crypto'", 'an import from node:crypto'],
  ["import { randomUUID as createHash } from 'node:crypto'", 'an import from node:crypto'],
  ["import * as everything from 'node:crypto'", 'an import from node:crypto'],
  ["export * from 'node:crypto'", 'an import from node:crypto'],
  ["import { readFileSync } from 'node:fs'", 'an import from node:fs'],
  ["import 'node:fs'", 'an import from node:fs'],
  ["export const later = import('./other.ts')", 'import()'],
  ['export const here = import.meta.url', 'import.meta'],
  ['let count = 0', 'a variable of the module'],
  ['export var count = 0', 'a variable of the module'],
]

const IN_THE_CORE: [text: string, what: string][] = [
  ['export async function load() {}', 'async'],
  ['export const load = async () => {}', 'async'],
  ['export const wait = (x: unknown) => { await x }', 'await'],
  ['for await (const x of y) {}', 'await'],
  ['export type Later = Promise<string>', 'Promise'],
  ['export const later = Promise.resolve(1)', 'Promise'],
  ["export const order = 'a'.localeCompare('b')", '.localeCompare'],
  ['export const text = (1).toLocaleString()', '.toLocaleString'],
]

test.each([...ANYWHERE, ...IN_THE_CORE])('in the core this is found: %s', (text, what) => {
  expect(impurities(`\n${text}\n`, CORE)).toContain(`2: ${what}`)
})

test.each(ANYWHERE)('around the core this is found: %s', (text, what) => {
  expect(impurities(`\n${text}\n`, AROUND_THE_CORE)).toContain(`2: ${what}`)
})

test.each([
  "import { createHash } from 'node:crypto'",
  "import { Temporal } from 'temporal-polyfill'",
  'export const largest = Math.max(1, 2)',
  "export const at = Temporal.Instant.from('2027-03-06T02:11:40Z')",
  'export function zoneOf(at: Temporal.ZonedDateTime) {}',
  'interface Row { readonly process: string; fetch(): string }',
  'export const step = row.process',
  'export const row = { console: 1 }',
  'export function count() { let total = 0; return (total += 1) }',
])('this is pure: %s', (text) => {
  expect(impurities(text, CORE)).toEqual([])
})
