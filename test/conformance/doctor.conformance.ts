import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readModel } from './aws-models/read-model.ts'
import { PackagedStack, REGION } from './deployed/packaged-stack.ts'
import { pythonEnvironment } from './emulators/python-environment.ts'
import { errorAnswer } from './recording/answer.ts'
import { type RecordingEndpoint, startRecordingEndpoint } from './recording-endpoint.ts'

const MODELS = ['cloudformation', 'dynamodb', 'events', 'kms', 'pinpoint-sms-voice-v2', 'sesv2', 'sns', 'sqs']
const STACK = 'muster-prod'
const CREATED_AT = '2027-03-10T10:00:00Z'

let endpoint: RecordingEndpoint

/** A stack of the packaged template's resources, about which AWS otherwise answers the least that it may. */
beforeAll(async () => {
  const { models } = await pythonEnvironment()
  const resources = await resourceSummaries()
  endpoint = await startRecordingEndpoint({
    models: await Promise.all(MODELS.map((name) => readModel(models, name))),
    responders: {
      'cloudformation.ListStackResources': () => ({ status: 200, body: { StackResourceSummaries: resources } }),
      'cloudformation.DescribeStacks': () => ({ status: 200, body: { Stacks: [stack()] } }),
    },
  })
}, 300_000)
afterAll(() => endpoint?.close())

async function resourceSummaries(): Promise<object[]> {
  const template = await PackagedStack.read()
  const types = new Set(Object.values(template.types()))
  return [...types].flatMap((type) =>
    template.idsOf(type).map((id) => ({
      LogicalResourceId: id,
      PhysicalResourceId: `physical-${id}`,
      ResourceType: type,
      ResourceStatus: 'CREATE_COMPLETE',
      LastUpdatedTimestamp: CREATED_AT,
    })),
  )
}

const stack = () => ({
  StackName: STACK,
  StackStatus: 'UPDATE_COMPLETE',
  CreationTime: CREATED_AT,
  Parameters: [{ ParameterKey: 'MailFrom', ParameterValue: 'muster@example.com' }],
})

interface Verdict {
  readonly status: 'ok' | 'warn' | 'fail'
  readonly what: string
  readonly fix: string | null
}

async function doctor(): Promise<{ code: number | null; verdicts: readonly Verdict[] }> {
  endpoint.forget()
  const aws = { AWS_ENDPOINT_URL: endpoint.url, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }
  const words = ['functions/command-line/muster.ts', 'doctor', '--stack', STACK, '--region', REGION, '--json']
  const child = spawn(process.execPath, words, {
    env: { ...process.env, ...aws },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const { verdicts } = JSON.parse(await text(child.stdout)) as { verdicts: Verdict[] }
  return { code: await ended, verdicts }
}

const told = (verdicts: readonly Verdict[]) => verdicts.map(({ status, what }) => `${status} ${what}`)

describe('muster doctor', () => {
  test('looks at everything of the packaged stack, by calls that are as the models say', async () => {
    const { code, verdicts } = await doctor()
    expect(code).toBe(1)
    expect(told(verdicts)).toEqual(
      expect.arrayContaining([
        'ok stack: UPDATE_COMPLETE',
        'ok channels: e-mail, SMS',
        'fail rule TickRule: disabled',
        'fail table IncidentsTable: no stream',
        'fail SES: in the sandbox, reaches verified addresses only',
        'fail SMS: in the sandbox, reaches verified numbers only',
      ]),
    )
    expect(told(verdicts).filter((line) => line.includes('not in the stack'))).toEqual([])
    expect(verdicts.every(({ status, fix }) => status === 'ok' || fix !== null)).toBe(true)
    expect(endpoint.violations()).toEqual([])
    const services = new Set(endpoint.recorded().map(({ service }) => service))
    expect([...services].sort()).toEqual([...MODELS].sort())
  })

  test('what it may not look at is a line of its own, and stops nothing else', async () => {
    const before = (await doctor()).verdicts.length
    endpoint.respond({ 'sesv2.GetAccount': () => errorAnswer(403, 'AccessDeniedException') })
    const { code, verdicts } = await doctor()
    expect(code).toBe(1)
    expect(verdicts.filter(({ fix }) => fix?.includes('ses:GetAccount')).map(({ status }) => status)).toEqual(['warn'])
    expect(verdicts.length).toBeGreaterThan(before - 5)
  })
})
