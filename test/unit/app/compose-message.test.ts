import { beforeEach, describe, expect, it } from 'vitest'
import { loadHistory } from '../../../shared/app/load-incident.ts'
import { readDirectory } from '../../../shared/app/read-directory.ts'
import { PROOF_ACCOUNTS, proofDirectory } from '../../proof/proof-organisation.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

const ENTITIES = ['first-gmbh', 'second-gmbh', 'third-gmbh', 'fourth-gmbh']

let muster: InMemoryMuster
let incidentId: string

/** One account that belongs to four companies: four clocks of one obligation. */
beforeEach(async () => {
  const directory = proofDirectory() as { accounts: { entities: unknown }[] }
  const [account] = directory.accounts
  if (account) account.entities = ENTITIES.map((id) => ({ id, country: 'DE', classes: ['controller'] }))
  const read = readDirectory(JSON.stringify(directory))
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  muster = new InMemoryMuster()
  await muster.use(read.directory)
  const [opened] = await muster.ingest(finding('leak', 'ana', muster.now, PROOF_ACCOUNTS[0]))
  incidentId = opened?.incidentId ?? ''
  await muster.follow(incidentId)
})

/** By message: the companies whose clocks the record says it warns of. */
async function warnedOf(): Promise<Map<string, string[]>> {
  const events = (await loadHistory(muster.table, incidentId)).flatMap((commit) => commit.events)
  const entityOf = new Map(
    events.flatMap((event) => (event.type === 'ClockStarted' ? [[event.data.clockId, event.data.entityId]] : [])),
  )
  return new Map(
    events.flatMap((event) =>
      event.type === 'ClockWarned'
        ? [[event.data.effectId, event.data.stages.map(({ clockId }) => entityOf.get(clockId) ?? '').sort()]]
        : [],
    ),
  )
}

describe('a message about clocks', () => {
  it('names exactly the stages that the record says it warns of, also when more run', async () => {
    await muster.advance(incidentId, 60 * 3600)
    const warned = await warnedOf()
    const sent = muster.sent.filter(({ kind }) => kind === 'clock')
    expect(sent.length).toBeGreaterThan(4)
    for (const { effectId, text } of sent) {
      expect(ENTITIES.filter((entity) => text.includes(entity)).sort()).toEqual(warned.get(effectId))
    }
  })

  it('leaves no clock unnamed', async () => {
    await muster.advance(incidentId, 3600)
    const texts = muster.sent.filter(({ kind }) => kind === 'clock').map(({ text }) => text)
    for (const entity of ENTITIES) expect(texts.some((text) => text.includes(entity))).toBe(true)
  })
})
