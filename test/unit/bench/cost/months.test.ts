import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readDeployedStack } from '../../../bench/cost/deployed-stack.ts'
import { meterMonths } from '../../../bench/cost/months.ts'
import { costReport } from '../../../bench/cost/report.ts'

describe('readDeployedStack', () => {
  it('counts what the templates have', () => {
    const stack = readDeployedStack()
    const alarms = readFileSync('infra/deployed/alarms.yml', 'utf8').match(/Type: AWS::CloudWatch::Alarm/g)
    const queues = readFileSync('serverless.yml', 'utf8').match(/- sqs: /g)
    expect(stack.alarms).toBe(alarms?.length)
    expect(stack.polledQueues).toBe(queues?.length)
    expect(stack.keys).toBeGreaterThan(stack.rotatedKeys)
    expect(stack.memoryMb).toMatchObject({ serveApi: 1024, tick: 512 })
  })
})

describe('the metered months', () => {
  it('have what their incident has: seats, texts, warnings; and come out the same each time', async () => {
    const stack = readDeployedStack()
    const months = await meterMonths(stack)
    const [opening, escalation, presses, checkIns] = months.incident.parts.map(({ usage }) => usage)
    // Four pages and the clock's first warning; then two texts and four pages, and two texts to those.
    expect([opening?.mails, escalation?.mails]).toEqual([5, 4])
    expect((escalation?.topicMessages ?? 0) / 3).toBe(4)
    expect(presses).toMatchObject({ apiRequests: 8 })
    expect(checkIns?.apiRequests).toBe(2 * (checkIns?.mails ?? 0))
    expect(months.findings.reduce((sum, { findings }) => sum + findings, 0)).toBe(1_000_000)
    // An unchanged repeat is read and never written.
    expect(months.findings[0]?.usageOfOne).not.toHaveProperty('writeUnits')
    expect(costReport(months, 'DE')).toBe(costReport(await meterMonths(stack), 'DE'))
  })
})
