// Whether the tools of the conformance tests do what these rely on: `node test/conformance/self-check.ts [--cold]`.
// It needs Java, Python with venv, npm and pip; with --cold it fetches everything anew.

import { rm } from 'node:fs/promises'
import { readModel } from './aws-models/read-model.ts'
import { dynamodbLocalFolder, startDynamodbLocal } from './emulators/dynamodb-local.ts'
import type { Emulator } from './emulators/emulator-process.ts'
import { startMoto } from './emulators/moto.ts'
import { TOOLS } from './emulators/prepared-folder.ts'
import { pythonEnvironment } from './emulators/python-environment.ts'
import { type RecordingEndpoint, startRecordingEndpoint } from './recording-endpoint.ts'
import { brokenCalls } from './self-check/broken-calls.ts'
import { patternChecks } from './self-check/patterns.ts'
import { answeredCalls, emulatedCalls, faultyCalls } from './self-check/sdk-calls.ts'
import { streamCalls } from './self-check/stream-calls.ts'
import { Tally } from './self-check/tally.ts'
import { templateChecks } from './self-check/templates.ts'

const MODELS = ['dynamodb', 'dynamodbstreams', 'sqs', 'sns', 'sesv2', 'kms', 'pinpoint-sms-voice-v2']

const tally = new Tally()
if (process.argv.includes('--cold')) await rm(TOOLS, { recursive: true, force: true })
const environment = await tally.timed('Python environment', () => pythonEnvironment())
await tally.timed('DynamoDB Local, fetched', () => dynamodbLocalFolder())
const models = await tally.timed('models', () => Promise.all(MODELS.map((name) => readModel(environment.models, name))))
await checkEmulators()
patternChecks(tally, models)
await templateChecks(tally)
console.log(`${tally.passed} passed, ${tally.failed} failed`)
process.exitCode = tally.failed === 0 ? 0 : 1

async function checkEmulators(): Promise<void> {
  const started: Emulator[] = []
  try {
    await (await tally.timed('DynamoDB Local, started first', startDynamodbLocal)).stop()
    await (await tally.timed('moto, started first', startMoto)).stop()
    const dynamodb = await tally.timed('DynamoDB Local, started again', startDynamodbLocal)
    started.push(dynamodb)
    const moto = await tally.timed('moto, started again', startMoto)
    started.push(moto)
    await checkCalls(dynamodb, moto)
  } finally {
    await tally.timed('emulators, stopped', () => Promise.all(started.map((emulator) => emulator.stop())))
  }
}

async function checkCalls(dynamodb: Emulator, moto: Emulator): Promise<void> {
  const upstreams = {
    dynamodb: dynamodb.url,
    dynamodbstreams: dynamodb.url,
    sqs: moto.url,
    sns: moto.url,
    kms: moto.url,
  }
  const endpoint: RecordingEndpoint = await startRecordingEndpoint({ models, upstreams })
  try {
    await tally.timed('calls to emulators', () => emulatedCalls(tally, endpoint))
    await tally.timed('calls to a stream', () => streamCalls(tally, endpoint))
    await tally.timed('calls without an emulator', () => answeredCalls(tally, endpoint))
    tally.equal('all of these are as the models say', endpoint.violations(), [])
    await tally.timed('faults', () => faultyCalls(tally, endpoint))
    await brokenCalls(tally, endpoint)
  } finally {
    await endpoint.close()
  }
}
