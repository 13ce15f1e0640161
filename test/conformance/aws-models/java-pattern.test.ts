import { expect, test } from 'vitest'
import { javaPattern } from './java-pattern.ts'

test.each([
  ['[a-z]+', 'abc', true],
  ['[a-z]+', 'abc1', false],
  ['^[a-z]+', 'abc1', false],
  ['\\Aa\\z', 'a', true],
  ['a|bc', 'bc', true],
  ['a|bc', 'ab', false],
  ['.*\\S.*', ' x ', true],
  ['.*\\S.*', 'two\nlines', false],
  ['[\\s\\S]*', 'two\nlines', true],
  ['(?s).{0,120}', 'two\nlines', true],
  ['^(?i)(true|false)$', 'TRUE', true],
  ['[A-Z\\_0-9]*', 'A_1', true],
  ['^\\w+\\:\\/\\/.*$', 'https://x', true],
  ['[\\w-_.]*', 'a-_.', true],
  ['[\\p{L}\\p{Z}-_]*', 'é -_', true],
  ['\\p{XDigit}{2}', 'fF', true],
  ['\\p{XDigit}{2}', 'fg', false],
  ['[\\p{Print}]*', 'a~ ', true],
  ['[\\p{Print}]*', 'é', false],
  ['[^\\p{Cntrl}]*', 'a\tb', false],
  ['[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*', '😀\n', true],
  ['\\x{60}', '`', true],
  ['[0-9A-Z]{2}+', 'A1', true],
  ['[/]?+[a-z]+', '/ab', true],
  ['[+]+', '++', true],
  ['\\{[a-z]+}', '{ab}', true],
  ['a]', 'a]', true],
  ['\\s', ' ', true],
  ['\\s', '\u00a0', false],
  ['[\\S]', '\u00a0', true],
  ['[^\\s]', '\u00a0', true],
])('%s on %j: %s', (pattern, text, matches) => {
  expect(javaPattern(pattern)?.(text)).toBe(matches)
})

test.each(['[a-z&&[^b]]', '(?!(?i)aws)x', 'a{2}{3}', '(', '[^\\000]'])('%s can not be read here', (pattern) => {
  expect(javaPattern(pattern)).toBeNull()
})
