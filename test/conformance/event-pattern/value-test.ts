import type { Leaf } from './event-fields.ts'

/** Whether one value of an event is what an operator asks for. */
export type ValueTest = (value: Leaf) => boolean

/** Reads what stands behind an operator's name: its test, or in words what it takes. */
export type ReadOperand = (operand: unknown) => ValueTest | string
