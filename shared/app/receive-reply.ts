import { PermanentFault } from '../ports/faults.ts'
import { pathText } from '../sources/parse-event.ts'
import { parseReply } from '../sources/replies/parse-reply.ts'
import type { Reply } from '../sources/replies/reply.ts'
import { acknowledgeByText } from './acknowledge-by-text.ts'
import { recordReceipt } from './record-receipt.ts'
import type { Handled } from './settle-batch.ts'

type Deps = Parameters<typeof recordReceipt>[0] & Parameters<typeof acknowledgeByText>[0]

/** @throws PermanentFault naming each path that is wrong and what was expected there, but not what was found. */
export function readReply(body: string): Reply {
  const parsed = parseReply(body)
  if (parsed.ok) return parsed.reply
  const faults = parsed.faults.map(({ path, expected }) => `${pathText(path) || '(body)'}: expected ${expected}`)
  throw new PermanentFault(`reply: ${faults.join('; ')}`)
}

/** What came back: what became of a message, or what somebody answers. Safe to run again. */
export async function receiveReply(deps: Deps, reply: Reply): Promise<Handled> {
  if (reply.kind === 'receipt') await recordReceipt(deps, reply)
  else await acknowledgeByText(deps, reply)
  return { status: 'done' }
}
