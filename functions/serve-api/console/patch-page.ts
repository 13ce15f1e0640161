import type { PageElement, PageNode } from './browser-page.ts'

/**
 * Makes what is shown equal to what has come, and touches nothing that is equal already: so focus, selection, scroll
 * position and what the reader has folded or unfolded stay. It runs in the browser and uses nothing but `patchChildren`.
 */
export function patchNode(shown: PageNode, fresh: PageNode): void {
  if (shown.nodeName !== fresh.nodeName) {
    shown.replaceWith(fresh)
    return
  }
  if (shown.nodeType !== 1) {
    if (shown.nodeValue !== fresh.nodeValue) shown.nodeValue = fresh.nodeValue
    return
  }
  const [element, newer] = [shown as PageElement, fresh as PageElement]
  // Whether it is folded is the reader's own.
  const own = (name: string) => name === 'open' && element.nodeName === 'DETAILS'
  for (const { name } of Array.from(element.attributes)) {
    if (newer.getAttribute(name) === null && !own(name)) element.removeAttribute(name)
  }
  for (const { name, value } of Array.from(newer.attributes)) {
    if (element.getAttribute(name) !== value && !own(name)) element.setAttribute(name, value)
  }
  patchChildren(element, newer)
}

/** Children with an id are found by it, wherever they stand; the others by their place. */
export function patchChildren(shown: PageNode, fresh: PageNode): void {
  const idOf = (node: PageNode) => (node.nodeType === 1 ? (node as PageElement).id : '')
  const wanted = Array.from(fresh.childNodes)
  const wantedIds = new Set(wanted.map(idOf))
  const known = new Map<string, PageNode>()
  for (const child of Array.from(shown.childNodes)) {
    if (idOf(child) === '') continue
    // What is gone goes first, so that what stays need not move: moving it would take the focus away.
    if (wantedIds.has(idOf(child))) known.set(idOf(child), child)
    else child.remove()
  }
  wanted.forEach((child, place) => {
    const here = shown.childNodes[place] ?? null
    const same = known.get(idOf(child)) ?? (here !== null && idOf(child) === '' && idOf(here) === '' ? here : null)
    if (same !== here || same === null) shown.insertBefore(same ?? child, here)
    if (same !== null) patchNode(same, child)
  })
  for (const child of Array.from(shown.childNodes).slice(wanted.length)) child.remove()
}
