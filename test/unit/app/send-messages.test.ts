import { beforeEach, describe, expect, it } from 'vitest'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { loadHistory } from '../../../shared/app/load-incident.ts'
import { effectKey } from '../../../shared/app/rows/keys.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import { sendMessages } from '../../../shared/app/send-messages.ts'
import { TransientFault } from '../../../shared/ports/faults.ts'
import type { QueuedEffect } from '../../../shared/ports/queues.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

let muster: InMemoryMuster
let incidentId: string
let effects: QueuedEffect[]

beforeEach(async () => {
  muster = await InMemoryMuster.start()
  const [result] = await muster.ingest(finding('first', 'user', muster.now))
  incidentId = result?.incidentId ?? ''
  await dispatchCommits(muster.deps, incidentId)
  effects = muster.effects.splice(0)
})

const types = async () =>
  (await loadHistory(muster.table, incidentId)).flatMap(({ events }) => events.map(({ type }) => type))
const failures = async () =>
  (await loadHistory(muster.table, incidentId))
    .flatMap(({ events }) => events)
    .flatMap((event) => (event.type === 'MessageFailed' ? [event.data.detail] : []))
const count = async (type: string) => (await types()).filter((one) => one === type).length

async function acknowledge(role: string, responderId: string): Promise<void> {
  await runCommand(muster.deps, {
    incidentId,
    now: muster.now,
    actor: responderId,
    causes: ['test'],
    patience: PERSON,
    command: () => ({ type: 'AcknowledgeSeat', role, responderId, via: 'api' }),
  })
}

describe('sendMessages', () => {
  it('sends each once, and records a batch of one incident in one commit', async () => {
    expect(await sendMessages(muster.deps, effects)).toEqual(effects.map(() => ({ status: 'done' })))
    expect(muster.sent).toHaveLength(4)
    expect(await loadHistory(muster.table, incidentId)).toHaveLength(2)
    expect(await count('MessageSent')).toBe(4)
  })

  it('delivered again, sends nothing and records nothing', async () => {
    await sendMessages(muster.deps, effects)
    expect(await sendMessages(muster.deps, effects)).toEqual(effects.map(() => ({ status: 'done' })))
    expect(muster.sent).toHaveLength(4)
    expect(await loadHistory(muster.table, incidentId)).toHaveLength(2)
  })

  it('does not send a page for a seat that was taken in between, though no dispatch has seen it', async () => {
    await acknowledge('incident-commander', 'incident-commander-2')
    await sendMessages(muster.deps, effects)
    expect(muster.sent.map(({ responderId }) => responderId)).not.toContain('incident-commander-1')
    expect(muster.sent).toHaveLength(3)
  })

  it('does not send to somebody who became absent in between, and calls the next person', async () => {
    const { directory } = await muster.deps.directory.current()
    const absence = { from: muster.now, until: '2028-01-01T00:00:00.000Z', deputy: null }
    const responders = directory.responders.map((person) =>
      person.id === 'legal-counsel-1' ? { ...person, absences: [absence] } : person,
    )
    await muster.use({ ...directory, responders })
    await sendMessages(muster.deps, effects)
    await muster.follow(incidentId)
    expect(muster.pages('legal-counsel')).toEqual(['legal-counsel-2'])
    expect(await count('MessageWithheld')).toBe(1)
  })

  it('a permanent refusal marks the channel and calls the next person at once', async () => {
    muster.answer = ({ responderId }) =>
      responderId === 'incident-commander-1'
        ? { status: 'refused', detail: 'landline' }
        : { status: 'accepted', providerId: 'p' }
    await sendMessages(muster.deps, effects)
    await muster.follow(incidentId)
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-2'])
    expect((await muster.state(incidentId)).refusedChannels).toEqual(['incident-commander-1/mail'])
    expect(muster.alarms).toContain('ChannelRefused')
    expect(await failures()).toEqual(['landline'])
  })

  it('what a provider says of a refusal is recorded without contact data, also on the claim', async () => {
    muster.answer = ({ responderId, to }) =>
      responderId === 'incident-commander-1'
        ? { status: 'refused', detail: `${to} and +49 30 1234567 are blocked ${'again '.repeat(90)}` }
        : { status: 'accepted', providerId: 'p' }
    await sendMessages(muster.deps, effects)
    const [detail = ''] = await failures()
    expect(detail).toMatch(/^\[address\] and \[number\] are blocked again .*…$/)
    expect(detail).toHaveLength(200)
    const commander = effects.find(({ responderId }) => responderId === 'incident-commander-1')
    const claim = await muster.table.get('incidents', effectKey(commander?.effectId ?? ''))
    expect(JSON.parse(String(claim?.answer))).toMatchObject({ outcome: 'refused', detail })
  })

  it('a channel that has left the directory fails, and says so', async () => {
    const { directory } = await muster.deps.directory.current()
    const responders = directory.responders.map((one) =>
      one.id === 'incident-commander-1' ? { ...one, channels: [] } : one,
    )
    await muster.use({ ...directory, responders })
    await sendMessages(muster.deps, effects)
    expect(await failures()).toEqual(['the directory no longer has this channel as a verified one'])
  })

  it('a provider that is away is tried three times; then the engine moves on', async () => {
    muster.answer = ({ responderId }) => {
      if (responderId === 'incident-commander-1') throw new TransientFault('away: 503')
      return { status: 'accepted', providerId: 'p' }
    }
    const commander = effects.filter(({ responderId }) => responderId === 'incident-commander-1')
    expect(await sendMessages(muster.deps, commander)).toMatchObject([{ status: 'again' }])
    expect(await sendMessages(muster.deps, commander)).toMatchObject([{ status: 'again' }])
    expect(await failures()).toEqual([])
    expect(await sendMessages(muster.deps, commander)).toMatchObject([{ status: 'done' }])
    expect(await failures()).toEqual(['away: 503'])
    await muster.follow(incidentId)
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-2'])
  })

  it('an incident that cannot be read at the moment costs no lease: the next try sends at once', async () => {
    const { query } = muster.table
    muster.table.query = () => Promise.reject(new TransientFault('throttled'))
    const outcomes = await sendMessages(muster.deps, effects)
    expect(outcomes.every(({ status }) => status === 'failed')).toBe(true)
    muster.table.query = query
    expect(await sendMessages(muster.deps, effects)).toEqual(effects.map(() => ({ status: 'done' })))
    expect(muster.sent).toHaveLength(4)
  })

  it('has no more messages between provider and record than it may: a crash there repeats at most so many', async () => {
    let underWay = 0
    let most = 0
    const { update } = muster.table
    muster.answer = () => {
      underWay += 1
      most = Math.max(most, underWay)
      return { status: 'accepted', providerId: 'p' }
    }
    muster.table.update = async (...args) => {
      if (args[2].set?.answer !== undefined) underWay -= 1
      return update.apply(muster.table, args)
    }
    await sendMessages({ ...muster.deps, sendsAtOnce: 1 }, effects)
    expect([most, underWay, muster.sent.length]).toEqual([1, 0, 4])
  })

  it('a fault of one message is its own', async () => {
    muster.answer = ({ responderId }) => {
      if (responderId === 'incident-commander-1') throw new Error('a bug')
      return { status: 'accepted', providerId: 'p' }
    }
    const outcomes = await sendMessages(muster.deps, effects)
    expect(outcomes.filter(({ status }) => status === 'done')).toHaveLength(3)
    expect(muster.sent).toHaveLength(3)
  })

  it('says why somebody is paged; a check-in is only being asked, and has no reason yet', async () => {
    const { directory } = await muster.deps.directory.current()
    await muster.use({
      ...directory,
      policies: directory.policies.map((policy) => ({ ...policy, checkInAfterSeconds: 600 })),
    })
    incidentId = await muster.open('second', 'another')
    await acknowledge('incident-commander', 'incident-commander-1')
    await muster.follow(incidentId)
    await muster.advance(incidentId, 700)
    const reasons = (kind: string) =>
      muster.sent.filter((sent) => sent.kind === kind).flatMap(({ seats }) => seats.map(({ reason }) => reason))
    expect(reasons('check-in')).toEqual([null])
    expect(new Set(reasons('page'))).toEqual(new Set(['OnCall', 'Backup', 'RoleMember']))
  })

  it('a message of an incident that does not exist is withheld', async () => {
    const [effect] = effects
    if (!effect) throw new Error('no effect')
    const lost = { ...effect, incidentId: 'inc-missing', effectId: 'inc-missing.1.1' }
    expect(await sendMessages(muster.deps, [lost])).toHaveLength(1)
    expect(muster.sent).toEqual([])
  })
})
