import type { Delivery } from '../core/incident/commands.ts'
import { incidentOfEffect } from '../core/incident/effect-id.ts'
import type { NoticeAbout } from '../core/incident/event-parts.ts'
import type { IncidentEvent } from '../core/incident/events.ts'
import { failureDetail } from '../core/incident/failure-detail.ts'
import { PermanentFault, TransientFault } from '../ports/faults.ts'
import type { Table } from '../ports/table.ts'
import type { Receipt } from '../sources/replies/reply.ts'
import type { CommandDependencies } from './ask-incident.ts'
import type { Dependencies } from './dependencies.ts'
import { requestCause } from './kept-answers.ts'
import { loadHistory } from './load-incident.ts'
import { MUSTER_ACTOR } from './rows/commit-row.ts'
import { effectKey, receiptKey } from './rows/keys.ts'
import { PERSON, runCommand } from './run-command.ts'

type Deps = CommandDependencies & Pick<Dependencies, 'time'>

/**
 * Keeps what a provider tells of a message that it had accepted, on a row beside the message's claim. What failed or is
 * refused for good is decided first, so that the next channel or the next person is called at once; the row comes last,
 * and where it is there already nothing is left to do.
 * @throws TransientFault when the sender has not noted its answer yet, PermanentFault for a message that nobody sent.
 */
export async function recordReceipt(deps: Deps, receipt: Receipt): Promise<void> {
  const { id, effectId, type, meaning, at } = receipt
  const key = receiptKey(effectId, id)
  if (meaning !== 'noted') {
    if ((await deps.table.get('incidents', key)) !== null) return
    await decide(deps, receipt, meaning)
  }
  const row = { ...key, type, meaning, at, receivedAt: deps.time.now() }
  await deps.table.put('incidents', row, [{ kind: 'absent' }])
}

async function decide(deps: Deps, { id, effectId, type }: Receipt, outcome: 'failed' | 'refused'): Promise<void> {
  const incidentId = incidentOfEffect(effectId)
  const sent = await sentMessage(deps.table, effectId)
  if (incidentId === null) throw new PermanentFault('a receipt of no message')
  const cause = requestCause(`receipts/${effectId}`, id)
  await runCommand(deps, {
    incidentId,
    now: deps.time.now(),
    actor: MUSTER_ACTOR,
    causes: [cause],
    remembered: cause,
    patience: PERSON,
    command: async ({ state }) => {
      if (state === null) return null
      const about = sent.kind === 'notice' ? await noticeThatArrived(deps.table, incidentId, effectId) : null
      const said = { ...failureDetail(type), ...(about === null ? {} : { about }) }
      const delivery = { ...sent, outcome, reason: null, ...said }
      return { type: 'RecordDeliveries', deliveries: [delivery] }
    },
  })
}

/** The message as its sender noted it on the claim's row. */
async function sentMessage(table: Table, effectId: string): Promise<Delivery> {
  const claim = await table.get('incidents', effectKey(effectId))
  if (claim === null) throw new PermanentFault(`nobody has sent ${effectId}`)
  // The provider was faster than the sender, or the sender died: whoever takes over writes it.
  if (typeof claim.answer !== 'string') throw new TransientFault(`the sender of ${effectId} has not answered yet`)
  return JSON.parse(claim.answer) as Delivery
}

/** What a notice was about, of which nothing is known but that it was accepted; rare enough to read the whole record. */
async function noticeThatArrived(table: Table, incidentId: string, effectId: string): Promise<NoticeAbout | null> {
  const events = (await loadHistory(table, incidentId)).flatMap((commit) => commit.events)
  const ofNotice = events.filter(({ data }) => 'effectId' in data && data.effectId === effectId)
  if (ofNotice.some(({ type }) => type === 'MessageFailed')) return null
  return ofNotice.find(isNotice)?.data.about ?? null
}

function isNotice(event: IncidentEvent): event is Extract<IncidentEvent, { type: 'NoticeRequested' }> {
  return event.type === 'NoticeRequested'
}
