import { OWN_WORK_MS, REQUEST_MS, WORK_PER_FINDING_MS } from '../cost/assumptions.ts'
import { readDeployedStack } from '../cost/deployed-stack.ts'
import { findingsStory } from '../cost/findings-story.ts'
import { costOf, type Usage } from '../cost/usage.ts'
import { LIST_PRICES } from '../list-prices.ts'

/** What a million findings of one case cost at list prices, beside the least that any such intake must pay. */
export interface CostCase {
  readonly name: string
  readonly usd: number
  readonly floorUsd: number
  readonly floorParts: readonly { readonly name: string; readonly usd: number }[]
}

const MILLION = 1_000_000
const MB_PER_GB = 1024
/** As many as one invocation takes in a storm, here and in the metered story. */
const BATCH = 100

/** Logs and traces are left out on both sides: how much of them there is, is the operator's choice. */
const PRICED = ['lambdaRequests', 'lambdaGbSeconds', 'readUnits', 'writeUnits', 'sqsRequests'] as const

export async function costCases(): Promise<CostCase[]> {
  const stack = readDeployedStack()
  const memoryGb = (stack.memoryMb.ingestFindings ?? 0) / MB_PER_GB
  const stories = await findingsStory(stack)
  return stories.map(({ name, usageOfOne }) => {
    const floor = floorOf(name, memoryGb)
    return {
      name,
      usd: million(only(usageOfOne)),
      floorUsd: floor.reduce((sum, { usd }) => sum + usd, 0),
      floorParts: floor,
    }
  })
}

/** One read, one share of an invocation and of the queue; what is news also one write of its row, and its place in a commit. */
function floorOf(name: string, memoryGb: number): { name: string; usd: number }[] {
  const batch = name.endsWith('alone') ? 1 : BATCH
  const isNews = !name.startsWith('unchanged')
  const workMs = OWN_WORK_MS / batch + WORK_PER_FINDING_MS + REQUEST_MS.table / batch
  const part = (what: string, usage: Usage) => ({ name: what, usd: million(usage) })
  return [
    part('one read of its row, 1 unit', { readUnits: 1 }),
    part(`1/${batch} of an invocation and its time`, {
      lambdaRequests: 1 / batch,
      lambdaGbSeconds: (workMs / 1000) * memoryGb,
    }),
    part(`sent, and 2/${batch} to receive and delete`, { sqsRequests: 1 + 2 / batch }),
    ...(isNews ? [part('one write of its row, 1 unit', { writeUnits: 1 })] : []),
  ]
}

function million(usage: Usage): number {
  return MILLION * costOf(usage, LIST_PRICES)
}

function only(usage: Usage): Usage {
  return Object.fromEntries(PRICED.flatMap((name) => (usage[name] === undefined ? [] : [[name, usage[name]]])))
}
