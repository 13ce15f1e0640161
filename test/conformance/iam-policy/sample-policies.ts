import type { AccessRequest, ContextValue } from './request.ts'

export const QUEUE = 'arn:aws:sqs:us-east-2:111122223333:queue1'

/** A policy of one statement: it allows everything, where the parts do not say otherwise. */
export function policyOf(parts: object, version = '2012-10-17'): object {
  const scope = {
    ...('NotAction' in parts ? {} : { Action: '*' }),
    ...('NotResource' in parts ? {} : { Resource: '*' }),
  }
  return { Version: version, Statement: [{ Effect: 'Allow', ...scope, ...parts }] }
}

export function requestOf(
  action: string,
  resource: string = QUEUE,
  context: Readonly<Record<string, ContextValue>> = {},
): AccessRequest {
  return { action, resource, context }
}
