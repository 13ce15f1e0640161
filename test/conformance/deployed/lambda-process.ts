// One execution environment of a Lambda function: `lambda-process.ts BUNDLE`. Its parent sends events and gets answers.
import { pathToFileURL } from 'node:url'

/** What the parent says. */
export type Order =
  /** The process's time runs ahead of the machine's by so much: as if it had been waited. */
  | { readonly kind: 'time'; readonly aheadMs: number }
  | { readonly kind: 'invoke'; readonly id: string; readonly event: unknown }

/** What it answers. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: string; readonly answer: unknown }
  | { readonly kind: 'fault'; readonly id: string; readonly why: string }

const machineNow = Date.now
let aheadMs = 0
Date.now = () => machineNow() + aheadMs

const [bundle] = process.argv.slice(2)
if (bundle === undefined) throw new Error('usage: lambda-process.ts BUNDLE')
const { handler } = (await import(pathToFileURL(bundle).href)) as {
  handler: (event: unknown, context: object) => Promise<unknown>
}
// Powertools hands metrics and lines to the standard output, which nobody reads here.
process.on('message', (order: Order) => void obey(order))
process.on('disconnect', () => process.exit())
report({ kind: 'ready' })

async function obey(order: Order): Promise<void> {
  if (order.kind === 'time') aheadMs = order.aheadMs
  else await invoke(order)
}

async function invoke({ id, event }: Extract<Order, { kind: 'invoke' }>): Promise<void> {
  const name = process.env.AWS_LAMBDA_FUNCTION_NAME ?? ''
  const context = {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${name}`,
    memoryLimitInMB: '512',
    awsRequestId: id,
    getRemainingTimeInMillis: () => 30_000,
  }
  try {
    report({ kind: 'answer', id, answer: (await handler(event, context)) ?? null })
  } catch (fault) {
    report({ kind: 'fault', id, why: fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault) })
  }
}

function report(said: Report): void {
  process.send?.(said)
}
