import { expect, test } from 'vitest'
import { plainText, tableText } from '../../../../functions/command-line/table-text.ts'

test('columns are as wide as their widest cell, and lines do not end in spaces', () => {
  const text = tableText(
    ['ID', 'TITLE'],
    [
      ['long-id', 'a'],
      ['b', ''],
    ],
  )
  expect(text.split('\n')).toEqual(['ID       TITLE', 'long-id  a', 'b'])
  expect(tableText(['ID'], [])).toBe('ID')
})

test('control characters and marks of direction do not reach the terminal', () => {
  expect(plainText('a\u001b[31mb\u009bc\u202ed\ne')).toBe('a?[31mb?c?d?e')
  expect(plainText('Größe 10 €, „ok“')).toBe('Größe 10 €, „ok“')
  expect(tableText(['T'], [['x\ny']]).split('\n')).toEqual(['T', 'x?y'])
})
