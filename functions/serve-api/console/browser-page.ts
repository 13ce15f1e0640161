/** The little of a browser that the console's script uses: Node's types know none of it. */
export interface PageNode {
  readonly nodeType: number
  readonly nodeName: string
  readonly childNodes: ArrayLike<PageNode>
  textContent: string | null
  nodeValue: string | null
  replaceWith(node: PageNode): void
  insertBefore(node: PageNode, before: PageNode | null): void
  appendChild(node: PageNode): void
  remove(): void
}

export interface PageElement extends PageNode {
  id: string
  className: string
  title: string
  readonly dataset: Record<string, string | undefined>
  readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>
  getAttribute(name: string): string | null
  setAttribute(name: string, value: string): void
  removeAttribute(name: string): void
  querySelector(selector: string): PageElement | null
  querySelectorAll(selector: string): Iterable<PageElement>
  addEventListener(name: string, listen: () => void): void
}

export interface PageTemplate extends PageElement {
  innerHTML: string
  readonly content: PageElement
}

export interface Page {
  readonly hidden: boolean
  title: string
  getElementById(id: string): PageElement | null
  querySelectorAll(selector: string): Iterable<PageElement>
  createElement(name: 'template'): PageTemplate
}
