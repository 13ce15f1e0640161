import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bytesAtStart } from '../../../bench/cold-start/bytes-at-start.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-bytes-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string): number {
  writeFileSync(join(folder, name), text)
  return Buffer.byteLength(text)
}

it('counts a bundle with everything that it imports at once, each file once', () => {
  const all = [
    write('handler.mjs', 'import{a as b}from"./one.mjs";import"./two.mjs";export{b};'),
    write('one.mjs', 'import"./two.mjs";export const a="ä";'),
    write('two.mjs', 'export*from"./three.mjs";import{x}from"node:http";'),
    write('three.mjs', 'import"./one.mjs";export const c=1;'),
  ]
  expect(bytesAtStart(join(folder, 'handler.mjs'))).toBe(all.reduce((sum, bytes) => sum + bytes, 0))
})

it('leaves out what is loaded when needed', () => {
  write('later.mjs', 'export const later=1;')
  const bytes = write('handler.mjs', 'export const load=()=>import("./later.mjs");')
  expect(bytesAtStart(join(folder, 'handler.mjs'))).toBe(bytes)
})
