import { resolveTemplate } from '../iam-policy/resolve-template.ts'
import { isObject } from '../json-object.ts'
import { type Parameters, PSEUDO } from './stack-values.ts'
import type { Template } from './template.ts'

/**
 * Which of the template's conditions hold with these parameters.
 *
 * Source: CloudFormation Template Reference, "Condition functions".
 * @throws on a function that is not understood.
 */
export function conditionsOf(template: Template, parameters: Parameters): Readonly<Record<string, boolean>> {
  const holds = (expression: unknown): boolean => {
    const [[name, operand] = ['', null], ...more] = isObject(expression) ? Object.entries(expression) : []
    if (more.length > 0) throw new Error(`${name} stands beside other keys`)
    if (name === 'Condition') return holds(template.Conditions[String(operand)])
    if (!Array.isArray(operand)) throw new Error(`a condition that is not understood: ${JSON.stringify(expression)}`)
    if (name === 'Fn::Not') return !holds(operand[0])
    if (name === 'Fn::And') return operand.every(holds)
    if (name === 'Fn::Or') return operand.some(holds)
    if (name === 'Fn::Equals') return given(operand[0]) === given(operand[1])
    throw new Error(`a condition that is not understood: ${name}`)
  }
  const given = (value: unknown) =>
    resolveTemplate({ ...template, Probe: value }, { pseudo: PSEUDO, parameters }, ['Probe'])
  return Object.fromEntries(Object.entries(template.Conditions).map(([name, expression]) => [name, holds(expression)]))
}
