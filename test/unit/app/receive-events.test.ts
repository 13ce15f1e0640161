import { beforeEach, describe, expect, it } from 'vitest'
import { listQuarantine } from '../../../shared/app/quarantine.ts'
import { receiveEvents } from '../../../shared/app/receive-events.ts'
import { PERSON } from '../../../shared/app/run-command.ts'
import { sampleEvent } from '../sources/sample-events.ts'
import { InMemoryMuster } from './in-memory-muster.ts'

let muster: InMemoryMuster
beforeEach(async () => {
  muster = await InMemoryMuster.start()
})

const receive = (...names: string[]) =>
  receiveEvents(muster.deps, names.map(sampleEvent), { now: muster.now, patience: PERSON, tellsSeverity: true })
const quarantined = () => listQuarantine(muster.deps, 50)

describe('receiveEvents', () => {
  it('gives a result for each finding of each event, in order', async () => {
    const results = await receive(
      'guardduty/leaked-access-key',
      'guardduty/broken-unknown-kind',
      'securityhub/broken-one-of-two-without-id',
      'guardduty/leaked-access-key',
    )
    expect(results.map(({ outcome }) => outcome)).toEqual(['opened', 'rejected', 'opened', 'rejected', 'duplicate'])
  })

  it('keeps an event once, however many of its findings it cannot read', async () => {
    const event = sampleEvent('securityhub/broken-one-of-two-without-id') as { detail: { findings: unknown[] } }
    event.detail.findings = [{}, {}, ...event.detail.findings]
    const results = await receiveEvents(muster.deps, [event], {
      now: muster.now,
      patience: PERSON,
      tellsSeverity: true,
    })
    const ids = results.flatMap(({ quarantineId }) => quarantineId ?? [])
    expect(ids).toHaveLength(3)
    expect(await quarantined()).toMatchObject([{ id: ids[0], errors: [{}, {}, {}] }])
    expect(new Set(ids).size).toBe(1)
  })

  it('takes findings in before anything is put aside, so that the same again leaves nothing twice', async () => {
    const { batchGet } = muster.table
    muster.table.batchGet = async () => {
      throw new Error('no answer')
    }
    await expect(receive('guardduty/leaked-access-key', 'guardduty/broken-unknown-kind')).rejects.toThrow('no answer')
    expect(await quarantined()).toEqual([])
    muster.table.batchGet = batchGet.bind(muster.table)
    expect(await receive('guardduty/broken-without-id')).toMatchObject([{ findingId: null, outcome: 'rejected' }])
    expect(await quarantined()).toHaveLength(1)
  })

  it('knows a finding that Security Hub has active again at the same instant', async () => {
    const inHub = (time: string, status: string) => {
      const event = sampleEvent('securityhub/leaked-access-key') as { detail: { findings: object[] } }
      const findings = event.detail.findings.map((one) => ({ ...one, Workflow: { Status: status } }))
      return { ...event, time, detail: { findings } }
    }
    const first = inHub('2027-03-06T02:20:00Z', 'NEW')
    const resolved = inHub('2027-03-06T03:20:00Z', 'RESOLVED')
    const back = inHub('2027-03-06T04:20:00Z', 'NEW')
    const door = { now: muster.now, patience: PERSON, tellsSeverity: true }
    const results = await receiveEvents(muster.deps, [first, resolved, first, back, resolved, first, back], door)
    expect(results.map(({ outcome }) => outcome)).toEqual([
      ...['opened', 'updated', 'duplicate', 'updated'],
      ...['duplicate', 'duplicate', 'duplicate'],
    ])
  })

  it('takes the same id of the same product in two accounts for two findings, in either format', async () => {
    const asff = (accountId: string) => {
      const event = sampleEvent('securityhub/leaked-access-key') as { detail: { findings: object[] } }
      const named = { Id: 'scan-7', ProductArn: 'arn:aws:securityhub:eu-central-1::product/vendor/scanner' }
      const findings = event.detail.findings.map((one) => ({ ...one, ...named, AwsAccountId: accountId }))
      return { ...event, detail: { findings } }
    }
    const ocsf = (accountId: string) => {
      const event = sampleEvent('securityhub/v2-leaked-access-key') as {
        detail: { findings: { finding_info: object; cloud: object; metadata: object }[] }
      }
      const uid = 'arn:aws:securityhub:eu-central-1::productv2/vendor/scanner'
      const findings = event.detail.findings.map((one) => ({
        ...one,
        finding_info: { ...one.finding_info, uid: 'scan-7' },
        cloud: { ...one.cloud, account: { uid: accountId } },
        metadata: { product: { uid } },
      }))
      return { ...event, detail: { findings } }
    }
    const events = [asff('111122223333'), asff('444455556666'), ocsf('444455556666'), ocsf('777788889999')]
    const results = await receiveEvents(muster.deps, events, { now: muster.now, patience: PERSON, tellsSeverity: true })
    expect(results.map(({ outcome }) => outcome)).toEqual(['opened', 'opened', 'duplicate', 'opened'])
  })

  it('joins the pages of what one event of AWS Health affects', async () => {
    const page = (number: number) => {
      const event = sampleEvent('health/exposed-credentials') as { detail: object }
      const affectedEntities = [{ entityValue: `AKIAEXAMPLEEXAMPLE0${number}` }]
      return {
        ...event,
        detail: { ...event.detail, affectedEntities, page: `${number}`, totalPages: '3' },
        resources: [],
      }
    }
    const events = [page(2), page(1), page(3), page(2), page(1)]
    const results = await receiveEvents(muster.deps, events, { now: muster.now, patience: PERSON, tellsSeverity: true })
    expect(results.map(({ outcome }) => outcome)).toEqual(['opened', 'joined', 'joined', 'duplicate', 'duplicate'])
    expect(new Set(results.map(({ incidentId }) => incidentId)).size).toBe(1)
  })

  it('refuses what holds no finding, so that nothing vanishes', async () => {
    const empty = sampleEvent('securityhub/leaked-access-key') as { detail: { findings: unknown[] } }
    empty.detail.findings = []
    const events = [sampleEvent('guardduty/leaked-access-key'), [], empty]
    const results = await receiveEvents(muster.deps, events, { now: muster.now, patience: PERSON, tellsSeverity: true })
    expect(results.map(({ outcome }) => outcome)).toEqual(['opened', 'rejected', 'rejected'])
    expect(await quarantined()).toHaveLength(2)
  })

  it('refuses a list among events whole: it is no event, whatever is in it', async () => {
    const event = sampleEvent('guardduty/leaked-access-key')
    const events = [[], event, [], [event], [[event]]]
    const results = await receiveEvents(muster.deps, events, { now: muster.now, patience: PERSON, tellsSeverity: true })
    expect(results.map(({ outcome }) => outcome)).toEqual(['rejected', 'opened', 'rejected', 'rejected', 'rejected'])
    expect(results[3]?.reason).toBe('the event: expected an event, not a list of them')
    expect((await quarantined()).map((one) => one.event)).toEqual(expect.arrayContaining([[], [], [event], [[event]]]))
  })

  it('still takes in what AWS itself puts into one event', async () => {
    const batch = sampleEvent('guardduty/get-findings')
    const records = { Records: [{ messageId: 'm', eventSource: 'aws:sqs', body: JSON.stringify(batch) }] }
    const results = await receiveEvents(muster.deps, [batch, records], {
      now: muster.now,
      patience: PERSON,
      tellsSeverity: true,
    })
    expect(results.map(({ outcome }) => outcome)).toEqual(['opened', 'ignored', 'duplicate', 'ignored'])
  })

  it('stays quiet about nothing', async () => {
    expect(await receive()).toEqual([])
    expect(muster.alarms).toEqual([])
  })
})
