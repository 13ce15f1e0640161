import type { PageElement, PageNode } from '../../../../../functions/serve-api/console/browser-page.ts'

/** A node of a page as the script uses it, without a browser. */
export class FakeNode {
  readonly nodeType: number
  readonly nodeName: string
  readonly childNodes: FakeNode[] = []
  readonly map = new Map<string, string>()
  nodeValue: string | null
  parent: FakeNode | null = null
  moves = 0

  constructor(name: string, value: string | null = null) {
    this.nodeName = name
    this.nodeType = name === '#text' ? 3 : 1
    this.nodeValue = value
  }

  get id(): string {
    return this.map.get('id') ?? ''
  }

  get attributes(): { name: string; value: string }[] {
    return [...this.map].map(([name, value]) => ({ name, value }))
  }

  getAttribute(name: string): string | null {
    return this.map.get(name) ?? null
  }

  setAttribute(name: string, value: string): void {
    this.map.set(name, value)
  }

  removeAttribute(name: string): void {
    this.map.delete(name)
  }

  insertBefore(node: FakeNode, before: FakeNode | null): void {
    node.remove()
    node.moves += 1
    const place = before === null ? this.childNodes.length : this.childNodes.indexOf(before)
    this.childNodes.splice(place, 0, node)
    node.parent = this
  }

  replaceWith(node: FakeNode): void {
    this.parent?.insertBefore(node, this)
    this.remove()
  }

  remove(): void {
    const around = this.parent?.childNodes
    if (around) around.splice(around.indexOf(this), 1)
    this.parent = null
  }

  /** As HTML, to compare. */
  toString(): string {
    if (this.nodeType === 3) return this.nodeValue ?? ''
    const attributes = [...this.map].map(([name, value]) => ` ${name}="${value}"`).join('')
    return `<${this.nodeName}${attributes}>${this.childNodes.join('')}</${this.nodeName}>`
  }
}

type Child = FakeNode | string

export function element(name: string, attributes: Record<string, string>, ...children: Child[]): FakeNode {
  const made = new FakeNode(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  for (const child of children)
    made.insertBefore(typeof child === 'string' ? new FakeNode('#text', child) : child, null)
  return made
}

export const asNode = (node: FakeNode) => node as unknown as PageNode
export const asElement = (node: object) => node as unknown as PageElement
