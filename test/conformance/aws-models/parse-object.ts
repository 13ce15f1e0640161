import { type AwsRequest, bodyText } from './aws-request.ts'
import { isObject } from './check-value.ts'
import { type Place, shown, type Violation, violation } from './violation.ts'

/** The JSON object that is the whole body. */
export function parseObject(place: Place, request: AwsRequest): { object: Record<string, unknown> } | Violation {
  const text = bodyText(request)
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? { object: value } : violation(place, 'body', shown(value), 'a JSON object')
  } catch {
    return violation(place, 'body', text || 'nothing', 'JSON')
  }
}
