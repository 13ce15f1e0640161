import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import { logger } from '../adapters/powertools/logger.ts'
import { metrics } from '../adapters/powertools/metrics.ts'

/**
 * A Lambda handler: structured lines with the request's id, metrics written at the end, and of a fault its kind and
 * place, never the event. The fault is thrown on: the service tries again.
 */
export function door<Event, Answer>(handle: (event: Event, context: Context) => Promise<Answer>) {
  return middy<Event, Answer>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use({ after: publish, onError: publish })
    .onError(({ error }) => logger.error('the invocation failed', faultLine(error)))
    .handler(handle)
}

/** Powertools' own middleware complains each time that there is nothing to say. */
function publish(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
}

/** What may be said of a fault in a log: our own words and the stack, and no more of what the services answered. */
export function faultLine(fault: unknown): { kind: string; why: string; stack: string } {
  if (!(fault instanceof Error)) return { kind: typeof fault, why: '', stack: '' }
  const stack = (fault.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { kind: fault.name, why: fault.message, stack: stack.slice(0, 10).join('\n') }
}
