import type { Played } from '../world/simulate.ts'
import { judgeActs } from './acts.ts'
import { judgeBounds } from './bounds.ts'
import { judgeClocks } from './clocks.ts'
import { judgeFindings } from './findings.ts'
import { judgeMerges } from './merges.ts'
import { judgeMessages } from './messages.ts'
import { judgePromptness } from './promptness.ts'
import { judgeReceipts } from './receipts.ts'
import { judgeSeats } from './seats.ts'
import { judgeStore } from './store.ts'
import { caseOf, type Violation } from './violation.ts'

/** Everything that did not hold; empty when all is well. */
export async function judge(played: Played): Promise<Violation[]> {
  const judged = caseOf(played)
  return [
    ...(await judgeFindings(judged)),
    ...judgeActs(judged),
    ...judgeMessages(judged),
    ...judgeMerges(judged),
    ...judgeSeats(judged),
    ...judgeClocks(judged),
    ...(await judgeReceipts(judged)),
    ...(await judgeStore(judged)),
    ...judgePromptness(judged),
    ...judgeBounds(judged),
  ]
}
