import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { html } from '../../../../shared/content/messages/html.ts'

test('texts are escaped, in content and in attributes; markup is not', () => {
  const inner = html`<b>${'<i>'}</b>`
  expect(String(html`<a href="${`"'&`}">${inner}${[inner, inner]}</a>`)).toBe(
    '<a href="&quot;&#39;&amp;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b><b>&lt;i&gt;</b></a>',
  )
})

test('what is escaped already is text like any other', () => {
  expect(String(html`${'&lt;'}`)).toBe('&amp;lt;')
})

test('what could turn or hide a part of a line is gone', () => {
  expect(String(html`${'a\u202eb\u0000c\u2066d\re\nf\ud800'}`)).toBe('abcd e f\ufffd')
})

test('no text ever opens a tag, ends an attribute or begins an entity', () => {
  const nasty = fc.string({
    unit: fc.constantFrom('<', '>', '&', '"', "'", '`', '=', '/', 'a', ';', '#', '\n', '\ud83d'),
  })
  fc.assert(
    fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
      const escaped = String(html`${text}`)
      expect(escaped).not.toMatch(/[<>"']/)
      expect(escaped.replaceAll(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
      expect(escaped.isWellFormed()).toBe(true)
    }),
  )
})
