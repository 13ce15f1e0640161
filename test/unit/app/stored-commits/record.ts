import { writeFile } from 'node:fs/promises'
import { PERSON, runCommand } from '../../../../shared/app/run-command.ts'
import type { Command } from '../../../../shared/core/incident/commands.ts'
import { plusSeconds } from '../../../../shared/core/time/instant.ts'
import { PROOF_ACCOUNTS } from '../../../proof/proof-organisation.ts'
import { finding, InMemoryMuster } from '../in-memory-muster.ts'

/*
 * Writes a record as this version stores it: `node test/unit/app/stored-commits/record.ts NEW-FILE`. A file that is
 * kept is never written again: it shows that what was stored once keeps opening.
 */
const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('name the file to write')

const muster = await InMemoryMuster.start()
const milder = (event: { detail: Record<string, unknown> }) => {
  event.detail.severity = 8
}
muster.answer = ({ responderId }) =>
  responderId === 'communications-coordinator-2'
    ? { status: 'refused', detail: 'a landline' }
    : { status: 'accepted', providerId: 'p' }
const [opened] = await muster.ingest(finding('first', 'user', muster.now, PROOF_ACCOUNTS[0], milder))
const incidentId = opened?.incidentId ?? ''
await muster.follow(incidentId)

async function does(responderId: string, command: Command): Promise<void> {
  const outcome = await runCommand(muster.deps, {
    incidentId,
    now: muster.now,
    actor: responderId,
    causes: [`recorded/${muster.now}/${command.type}`],
    patience: PERSON,
    command: () => command,
  })
  if (outcome.status !== 'committed') throw new Error(`${command.type}: ${JSON.stringify(outcome)}`)
  await muster.follow(incidentId)
}

const [IC, CSE, COMMS, LEGAL] = [
  'incident-commander',
  'cloud-security-engineer',
  'communications-coordinator',
  'legal-counsel',
] as const
const note = { noteId: 'note-1', noteHash: 'b'.repeat(64) }
const clockId = (await muster.state(incidentId)).clocks[0]?.id ?? ''

await muster.advance(incidentId, 1300)
const first = finding('first', 'user', muster.now, PROOF_ACCOUNTS[0], milder)
await muster.ingest({ ...first, count: 7 })
await muster.follow(incidentId)
await does(`${IC}-1`, { type: 'AcknowledgeSeat', role: IC, responderId: `${IC}-1`, via: 'api' })
await does(`${CSE}-2`, { type: 'DeclineSeat', role: CSE, responderId: `${CSE}-2`, note: 'on a train' })
await does(`${CSE}-3`, { type: 'AcknowledgeSeat', role: CSE, responderId: `${CSE}-3`, via: 'link' })
await does(`${COMMS}-1`, { type: 'EscalateSeat', role: COMMS, responderId: `${COMMS}-1`, note: null })
await does(`${IC}-1`, { type: 'AcknowledgeSeat', role: COMMS, responderId: `${IC}-1`, via: 'api' })
await does(`${COMMS}-1`, { type: 'AcknowledgeSeat', role: COMMS, responderId: `${COMMS}-1`, via: 'api' })
await does(`${LEGAL}-1`, { type: 'AcknowledgeSeat', role: LEGAL, responderId: `${LEGAL}-1`, via: 'api' })
await muster.ingest(finding('second', 'user', muster.now, PROOF_ACCOUNTS[0]))
await muster.follow(incidentId)
await does(`${IC}-1`, { type: 'ChangeSeverity', severity: 'SEV2', responderId: `${IC}-1`, note: 'contained' })
await does(`${CSE}-3`, { type: 'HandOverSeat', role: CSE, responderId: `${CSE}-3`, to: `${CSE}-1`, note: null })
await muster.advance(incidentId, 100)
await does(`${CSE}-1`, { type: 'AcknowledgeSeat', role: CSE, responderId: `${CSE}-1`, via: 'api' })
await does(`${LEGAL}-1`, { type: 'DeclareNotNotifiable', clockId, responderId: `${LEGAL}-1`, note })
await does(`${LEGAL}-1`, {
  type: 'RecordFacts',
  responderId: `${LEGAL}-1`,
  dataCategories: ['health'],
  residents: ['DE'],
  other: {},
})
const anchor = { name: 'awareness', at: plusSeconds(muster.now, -60) } as const
await does(`${LEGAL}-1`, { type: 'ConfirmClock', clockId, responderId: `${LEGAL}-1`, anchor, note: null })
await does(`${LEGAL}-1`, {
  type: 'SubmitStage',
  clockId,
  stageId: 'authority',
  responderId: `${LEGAL}-1`,
  submittedAt: muster.now,
  phase: 'initial',
  receipt: 'sample-receipt',
  note: null,
})
await muster.advance(incidentId, 605_200)
await does(`${IC}-1`, { type: 'AcknowledgeSeat', role: IC, responderId: `${IC}-1`, via: 'api' })
await does(`${IC}-1`, { type: 'CloseIncident', responderId: `${IC}-1`, note: 'done' })

const { items } = await muster.table.query('incidents', {
  pk: `INC#${incidentId}`,
  from: 'C#',
  until: 'C#~',
  limit: 1000,
})
const commits = items.map(({ pk, sk, body, hash }) => ({ pk, sk, body, hash }))
await writeFile(file, `${JSON.stringify({ incidentId, commits }, null, 1)}\n`)
const types = new Set(
  commits.flatMap(({ body }) =>
    (JSON.parse(String(body)) as { events: { type: string }[] }).events.map(({ type }) => type),
  ),
)
console.log(`${commits.length} commits, ${types.size} types of event: ${[...types].sort().join(' ')}`)
