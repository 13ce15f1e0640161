import { COLD_SHARE, COLD_START_MS, GB, LOG_BYTES_PER_INVOCATION, OWN_WORK_MS } from './assumptions.ts'
import type { DeployedStack } from './deployed-stack.ts'
import type { MeteredCalls } from './metered-calls.ts'
import { sumOf, type Usage } from './usage.ts'

const MB_PER_GB = 1024

/** Invocations of functions, with all that each uses. */
export class MeteredInvocations {
  readonly #calls: MeteredCalls
  readonly #stack: DeployedStack
  readonly #coldMs: number
  #used: Usage = {}

  constructor(calls: MeteredCalls, stack: DeployedStack, cold: keyof typeof COLD_SHARE) {
    this.#calls = calls
    this.#stack = stack
    this.#coldMs = COLD_SHARE[cold] * COLD_START_MS
  }

  /** What was used since this was last asked. */
  taken(): Usage {
    const used = this.#used
    this.#used = {}
    return used
  }

  use(usage: Usage): void {
    this.#used = sumOf(this.#used, usage)
  }

  async invoke(functionName: string, work: () => Promise<unknown>): Promise<void> {
    this.use(await this.measure(functionName, work))
  }

  /** With the two requests by which Lambda takes a batch out of its queue. `workMs`: beside what every invocation takes. */
  async fromQueue(functionName: string, work: () => Promise<unknown>, workMs = 0): Promise<void> {
    this.use({ sqsRequests: 2 })
    this.use(await this.measure(functionName, work, workMs))
  }

  /** One invocation that is not added to what was used. */
  async measure(functionName: string, work: () => Promise<unknown>, workMs = 0): Promise<Usage> {
    const memoryMb = this.#stack.memoryMb[functionName]
    if (memoryMb === undefined) throw new Error(`serverless.yml has no function ${functionName}`)
    const { usage, waitMs } = await this.#calls.during(work)
    const seconds = (OWN_WORK_MS + workMs + this.#coldMs + waitMs) / 1000
    const logsGb = LOG_BYTES_PER_INVOCATION / GB
    const own = { lambdaRequests: 1, lambdaGbSeconds: (seconds * memoryMb) / MB_PER_GB, traces: 1, logsGb }
    return sumOf(usage, own)
  }
}
