import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patchChildren, patchNode } from '../../../../../functions/serve-api/console/patch-page.ts'
import { asNode, element, type FakeNode } from './page-doubles.ts'

const patch = (shown: FakeNode, fresh: FakeNode) => patchChildren(asNode(shown), asNode(fresh))
const item = (id: string, text = id) => element('LI', { id }, text)

describe('patchChildren', () => {
  it('changes texts and attributes in place', () => {
    const text = element('P', { class: 'old', title: 'gone' }, 'before')
    const shown = element('DIV', {}, text)
    const wanted = element('DIV', {}, element('P', { class: 'new' }, 'after'))
    const same = wanted.toString()
    patch(shown, wanted)
    expect(shown.toString()).toBe(same)
    expect(shown.childNodes[0]).toBe(text)
  })

  it('keeps what stays where it is: a new one before it moves nothing, nor does one that goes', () => {
    const kept = item('b')
    const shown = element('OL', {}, item('a'), kept)
    kept.moves = 0
    patch(shown, element('OL', {}, item('new'), item('b', 'changed')))
    expect(shown.toString()).toBe('<OL><LI id="new">new</LI><LI id="b">changed</LI></OL>')
    expect(shown.childNodes[1]).toBe(kept)
    expect(kept.moves).toBe(0)
  })

  it('leaves it to the reader what is unfolded', () => {
    const unfolded = element('DETAILS', { id: 'd', open: '' }, 'old')
    const folded = element('DETAILS', { id: 'e' }, 'old')
    const shown = element('DIV', {}, unfolded, folded)
    patch(
      shown,
      element('DIV', {}, element('DETAILS', { id: 'd' }, 'new'), element('DETAILS', { id: 'e', open: '' }, 'new')),
    )
    expect(shown.toString()).toBe('<DIV><DETAILS id="d" open="">new</DETAILS><DETAILS id="e">new</DETAILS></DIV>')
  })

  it('replaces what is of another kind', () => {
    const shown = element('DIV', {}, element('P', {}, 'text'))
    patch(shown, element('DIV', {}, element('UL', {}, item('a'))))
    expect(shown.toString()).toBe('<DIV><UL><LI id="a">a</LI></UL></DIV>')
  })

  it('comes to what has come, whatever was there', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
    const texts = fc.array(fc.constantFrom(' ', 'x'), { maxLength: 6 })
    const list = fc.tuple(ids, texts).map(([given, between]) => () => {
      const children = given.flatMap((id, place) => [between[place] ?? '', item(id, `${id}${place}`)])
      return element('OL', {}, ...children, ...between.slice(given.length))
    })
    fc.assert(
      fc.property(list, list, (before, after) => {
        const shown = before()
        patch(shown, after())
        expect(shown.toString()).toBe(after().toString())
      }),
    )
  })
})

describe('patchNode', () => {
  it('touches no text that is the same', () => {
    const shown = element('P', {}, 'same')
    const [text] = shown.childNodes
    if (text) Object.defineProperty(text, 'nodeValue', { get: () => 'same', set: () => expect.unreachable() })
    patchNode(asNode(shown), asNode(element('P', {}, 'same')))
    expect(shown.toString()).toBe('<P>same</P>')
  })
})
