import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanJson } from '../../../shared/sources/json-scan.ts'
import { readJson } from '../../../shared/sources/json-text.ts'

const TEXT = `{
  "detail": {
    "id": "a",
    "findings": [
      {"Id": "b"},
      {
        "Id": "c"
      }
    ]
  }
}`

test.each([
  [[], 1],
  [['detail'], 2],
  [['detail', 'id'], 3],
  [['detail', 'Id'], 3],
  [['detail', 'findings', 1], 6],
  [['detail', 'findings', 1, 'Id'], 7],
  [['detail', 'findings', 1, 'Severity'], 6],
  [['detail', 'findings', 9], 4],
  [['nowhere', 'at', 'all'], 1],
])('the value at %j stands on line %i', (path, line) => {
  const json = readJson(TEXT)
  expect(json.ok && json.lineOf(path)).toBe(line)
})

test.each([
  ['', 1, 'a value'],
  ['{\n"a": 1,\n}', 3, 'a name in double quotes'],
  ['{\n“a”: 1}', 2, 'a name in double quotes or "}"'],
  ['[\n1 2]', 2, '"," or "]"'],
  ['{"a"\n1}', 2, '":"'],
  ['{"a":\n}', 2, 'a value'],
  ['[1,\n]', 2, 'a value'],
  ['[\n'.repeat(3), 4, 'a value or "]"'],
  ['{} \n{}', 2, 'nothing more'],
  ['{"a": "x\n"}', 1, 'a value'],
  ['}', 1, 'a value'],
  ["{'a': 1}", 1, 'a name in double quotes or "}"'],
])('%j is faulty on line %i, where %s was expected', (text, line, expected) => {
  expect(readJson(text)).toEqual({ ok: false, line, expected })
})

test('a byte order mark is passed over', () => {
  expect(readJson('\ufeff[1]')).toMatchObject({ ok: true, value: [1] })
})

test('neither depth nor length breaks it', () => {
  expect(readJson(`["${'x\\n'.repeat(5_000_000)}",]`)).toMatchObject({ ok: false, line: 1 })
  expect(readJson(`"${'x'.repeat(10_000_000)}`)).toMatchObject({ ok: false, expected: 'a value' })
  expect(readJson('['.repeat(100_000)).ok).toBe(false)
  const deep = readJson(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  expect(deep.ok && deep.lineOf(Array(50).fill(0))).toBe(1)
  expect(scanJson(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, () => {})).toBeNull()
})

test('it calls valid exactly what JSON.parse does', () => {
  const valid = fc.json({ stringUnit: 'binary' })
  const spliced = fc
    .tuple(valid, fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '{', '\\', '\u0001', '0', '-', '.', 'e', ' '))
    .map(([text, at, extra]) => {
      const cut = at % (text.length + 1)
      return text.slice(0, cut) + extra + text.slice(cut + 1)
    })
  fc.assert(
    fc.property(fc.oneof(valid, spliced), (text) => {
      expect(scanJson(text, () => {}) === null).toBe(parses(text))
    }),
    { numRuns: 2_000 },
  )
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
