import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanTitle, cutToChars, cutToJsonBytes, jsonBytes } from '../../../../shared/core/findings/text.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 400 })
const bytesInJson = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2

test('a title keeps its own spaces and loses what cannot be seen', () => {
  expect(cleanTitle('is behavi  ng  oddly ', 200)).toBe('is behavi  ng  oddly ')
  expect(cleanTitle('one\r\n\ttwo\u0007\u009b\u202e!', 200)).toBe('one two!')
  expect(cleanTitle('abcdef', 3)).toBe('abc')
})

test('a cut never leaves half of a pair', () => {
  expect(cutToChars('ab😀', 3)).toBe('ab')
  expect(cutToChars('ab😀', 4)).toBe('ab😀')
  expect(cutToChars('a\ud800b', 5)).toBe('a\ufffdb')
  expect(cutToJsonBytes('ab😀c', 5)).toBe('ab')
  expect(cutToJsonBytes('"""', 5)).toBe('""')
})

test('bytes are those of the JSON that is written', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(jsonBytes(text)).toBe(bytesInJson(text))
    }),
  )
})

test('a cut text is a start of the text and fits', () => {
  fc.assert(
    fc.property(anyText, fc.nat(120), (text, max) => {
      const cut = cutToJsonBytes(text, max)
      expect(text.startsWith(cut)).toBe(true)
      expect(bytesInJson(cut)).toBeLessThanOrEqual(max)
    }),
  )
})

test('plain texts are read as any other', () => {
  const text = fc.oneof(anyText, fc.string({ unit: 'binary-ascii' }), fc.string({ unit: 'grapheme-ascii' }))
  const max = fc.oneof(fc.nat(120), fc.constantFrom(-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY))
  fc.assert(
    fc.property(text, max, (any, most) => {
      expect(jsonBytes(any)).toBe(bytesInJson(any))
      expect(cutToJsonBytes(any, most)).toBe(cutCharacterByCharacter(any, most))
      expect(cleanTitle(any, most)).toBe(cutToChars(seen(any), most))
    }),
    { numRuns: 1000 },
  )
})

function cutCharacterByCharacter(text: string, maxBytes: number): string {
  let cut = ''
  for (const character of text) {
    if (bytesInJson(cut + character) > maxBytes) return cut
    cut += character
  }
  return cut
}

function seen(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
}
