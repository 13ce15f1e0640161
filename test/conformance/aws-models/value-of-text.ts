import { type Ref, type ServiceModel, shapeOf } from './model.ts'

/** What a text in a path, a query, a header or a form stands for; the text itself when it can't be that. */
export function valueOfText(model: ServiceModel, ref: Ref, text: string): unknown {
  const shape = shapeOf(model, ref)
  const format = ref.timestampFormat ?? shape.timestampFormat
  if (shape.type === 'boolean') return ({ true: true, false: false } as Record<string, boolean>)[text] ?? text
  if (shape.type === 'timestamp') return format === 'unixTimestamp' ? numberOf(text) : text
  return ['integer', 'long', 'float', 'double'].includes(shape.type) ? numberOf(text) : text
}

function numberOf(text: string): number | string {
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : text
}
