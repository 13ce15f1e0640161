import type { Attribute, Condition, Item } from '../../ports/table.ts'
import { refuse } from './item-limits.ts'
import { compareUtf8 } from './ordered-rows.ts'

/** Refuses a condition that DynamoDB has no operator for, whether or not it would be looked at. */
export function checkConditions(conditions: readonly Condition[]): void {
  for (const condition of conditions) {
    if (condition.kind !== 'lower' && condition.kind !== 'absent-or-lower') continue
    if (typeof condition.value === 'boolean') refuse(`a boolean has no order (attribute ${condition.attribute})`)
  }
}

export function allHold(item: Item | undefined, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => holds(item, condition))
}

function holds(item: Item | undefined, condition: Condition): boolean {
  switch (condition.kind) {
    case 'absent':
      return item === undefined
    case 'present':
      return item !== undefined
    case 'equal':
      return item?.[condition.attribute] === condition.value
    case 'lower':
      return isLower(item?.[condition.attribute], condition.value)
    case 'absent-or-lower':
      return item === undefined || isLower(item[condition.attribute], condition.value)
  }
}

/** Values of different types are never in order, as in DynamoDB. */
function isLower(stored: Attribute | undefined, value: Attribute): boolean {
  if (typeof stored === 'number' && typeof value === 'number') return stored < value
  if (typeof stored === 'string' && typeof value === 'string') return compareUtf8(stored, value) < 0
  return false
}
