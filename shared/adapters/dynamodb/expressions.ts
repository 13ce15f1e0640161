import type { Attribute, Condition } from '../../ports/table.ts'

/** The names and values that the expressions of one request refer to; names are always aliased, as many are reserved. */
export class Placeholders {
  readonly names: Record<string, string> = {}
  readonly values: Record<string, Attribute> = {}
  readonly #aliases = new Map<string, string>()

  name(attribute: string): string {
    const known = this.#aliases.get(attribute)
    if (known !== undefined) return known
    const alias = `#n${this.#aliases.size}`
    this.#aliases.set(attribute, alias)
    this.names[alias] = attribute
    return alias
  }

  value(value: Attribute): string {
    const alias = `:v${Object.keys(this.values).length}`
    this.values[alias] = value
    return alias
  }

  /** The part of a request that resolves the placeholders; the service refuses empty maps. */
  forRequest(): {
    ExpressionAttributeNames?: Record<string, string>
    ExpressionAttributeValues?: Record<string, Attribute>
  } {
    return {
      ...(Object.keys(this.names).length > 0 && { ExpressionAttributeNames: this.names }),
      ...(Object.keys(this.values).length > 0 && { ExpressionAttributeValues: this.values }),
    }
  }
}

/** All conditions as one expression; undefined when there is none. */
export function conditionExpression(conditions: readonly Condition[], to: Placeholders): string | undefined {
  if (conditions.length === 0) return undefined
  return conditions.map((condition) => `(${oneCondition(condition, to)})`).join(' AND ')
}

function oneCondition(condition: Condition, to: Placeholders): string {
  switch (condition.kind) {
    case 'absent':
      return `attribute_not_exists(${to.name('pk')})`
    case 'present':
      return `attribute_exists(${to.name('pk')})`
    case 'equal':
      return `${to.name(condition.attribute)} = ${to.value(condition.value)}`
    case 'lower':
      return `${to.name(condition.attribute)} < ${to.value(condition.value)}`
    case 'absent-or-lower':
      return `attribute_not_exists(${to.name('pk')}) OR ${to.name(condition.attribute)} < ${to.value(condition.value)}`
  }
}

/** A change as an update expression; undefined when it changes nothing. */
export function updateExpression(
  change: { readonly set?: Readonly<Record<string, Attribute>>; readonly remove?: readonly string[] },
  to: Placeholders,
): string | undefined {
  const set = Object.entries(change.set ?? {}).map(([name, value]) => `${to.name(name)} = ${to.value(value)}`)
  const remove = (change.remove ?? []).map((name) => to.name(name))
  const clauses = [set.length > 0 && `SET ${set.join(', ')}`, remove.length > 0 && `REMOVE ${remove.join(', ')}`]
  return clauses.filter((clause) => clause !== false).join(' ') || undefined
}

/** A partition, and inclusive bounds of its sort key. */
export function keyExpression(
  partition: readonly [attribute: string, value: string],
  sort: string,
  bounds: { readonly from?: string; readonly until?: string },
  to: Placeholders,
): string {
  const { from, until } = bounds
  const same = `${to.name(partition[0])} = ${to.value(partition[1])}`
  if (from !== undefined && until !== undefined) {
    return `${same} AND ${to.name(sort)} BETWEEN ${to.value(from)} AND ${to.value(until)}`
  }
  if (from !== undefined) return `${same} AND ${to.name(sort)} >= ${to.value(from)}`
  if (until !== undefined) return `${same} AND ${to.name(sort)} <= ${to.value(until)}`
  return same
}
