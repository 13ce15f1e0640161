import { type AwsRequest, bodyText } from './aws-request.ts'
import { type Members, membersOf } from './check-value.ts'
import type { FoundOperation } from './find-operation.ts'
import { inputShape, type Ref, type ServiceModel, type Shape, shapeOf } from './model.ts'
import { valueOfText } from './value-of-text.ts'

/** What is always in a form, and no member. */
const ALWAYS = ['Action', 'Version']

/** The members of a form (`query` protocol): `Tags.member.1.Key=team`. Names that nothing reads are unknown. */
export function readQueryMembers(model: ServiceModel, { operation }: FoundOperation, request: AwsRequest): Members {
  const form = new Form(model, new URLSearchParams(bodyText(request)))
  const shape = inputShape(model, operation)
  return { values: membersOf(shape, form.structure(shape, '')).values, unknown: form.unread() }
}

class Form {
  readonly #model: ServiceModel
  readonly #texts: URLSearchParams
  readonly #read = new Set(ALWAYS)

  constructor(model: ServiceModel, texts: URLSearchParams) {
    this.#model = model
    this.#texts = texts
  }

  unread(): string[] {
    return [...new Set(this.#texts.keys())].filter((name) => !this.#read.has(name))
  }

  structure(shape: Shape, prefix: string): Record<string, unknown> {
    const members = Object.entries(shape.members ?? {}).map(([name, ref]) => {
      const onWire = ref.locationName ?? name
      return [onWire, this.#value(ref, prefix + onWire)]
    })
    return Object.fromEntries(members.filter(([, value]) => value !== undefined))
  }

  #value(ref: Ref, name: string): unknown {
    const shape = shapeOf(this.#model, ref)
    // A flattened list goes by the name of its elements, where they have one.
    const goesByElements = shape.flattened && shape.member?.locationName !== undefined
    if (!goesByElements && !this.#isGiven(name)) return undefined
    if (shape.type === 'structure') return this.structure(shape, `${name}.`)
    if (shape.type === 'list') return this.#list(shape, name)
    if (shape.type === 'map') return this.#map(shape, name)
    this.#read.add(name)
    return valueOfText(this.#model, ref, this.#texts.get(name) ?? '')
  }

  #list({ member, flattened }: Shape, name: string): unknown[] | undefined {
    if (member === undefined) return []
    this.#read.add(name)
    const own = member.locationName
    const flat = own === undefined ? name : name.replace(/[^.]*$/, own)
    const prefix = flattened ? flat : `${name}.${own ?? 'member'}`
    const elements = this.#numbered(prefix).map((element) => this.#value(member, element))
    return elements.length === 0 && !this.#texts.has(name) ? undefined : elements
  }

  #map({ key, value, flattened }: Shape, name: string): Record<string, unknown> {
    if (key === undefined || value === undefined) return {}
    const entries = this.#numbered(flattened ? name : `${name}.entry`).map((entry) => [
      String(this.#value(key, `${entry}.${key.locationName ?? 'key'}`) ?? ''),
      this.#value(value, `${entry}.${value.locationName ?? 'value'}`),
    ])
    return Object.fromEntries(entries)
  }

  /** `<prefix>.1`, `<prefix>.2`, … as far as they go. */
  #numbered(prefix: string): string[] {
    const names: string[] = []
    while (this.#isGiven(`${prefix}.${names.length + 1}`)) names.push(`${prefix}.${names.length + 1}`)
    return names
  }

  #isGiven(name: string): boolean {
    return [...this.#texts.keys()].some((key) => key === name || key.startsWith(`${name}.`))
  }
}
