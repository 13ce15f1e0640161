import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** Of the stack what is paid for by being there, as serverless.yml and infra/deployed/ have it, with mail and SMS. */
export interface DeployedStack {
  readonly alarms: number
  readonly keys: number
  /** Keys that a year after their making cost once more for each of two rotations. */
  readonly rotatedKeys: number
  readonly dashboards: number
  /** Queues that Lambda polls. */
  readonly polledQueues: number
  /** By the function's name in serverless.yml. */
  readonly memoryMb: Readonly<Record<string, number>>
}

const DEPLOYED = 'infra/deployed'

interface Serverless {
  readonly provider: { readonly memorySize: number }
  readonly functions: Readonly<Record<string, { readonly memorySize?: number; readonly events?: readonly object[] }>>
}

interface Resource {
  readonly Type: string
  readonly Properties?: { readonly EnableKeyRotation?: boolean }
}

export function readDeployedStack(): DeployedStack {
  const { provider, functions } = read<Serverless>('serverless.yml')
  const resources = readdirSync(DEPLOYED).flatMap((name) =>
    Object.values(read<{ Resources?: Record<string, Resource> }>(`${DEPLOYED}/${name}`).Resources ?? {}),
  )
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type)
  const sources = Object.values(functions).flatMap(({ events = [] }) => events)
  const memory = Object.entries(functions).map(([name, { memorySize }]) => [name, memorySize ?? provider.memorySize])
  return {
    alarms: ofType('AWS::CloudWatch::Alarm').length,
    keys: ofType('AWS::KMS::Key').length,
    rotatedKeys: ofType('AWS::KMS::Key').filter(({ Properties }) => Properties?.EnableKeyRotation === true).length,
    dashboards: ofType('AWS::CloudWatch::Dashboard').length,
    polledQueues: sources.filter((source) => 'sqs' in source).length,
    memoryMb: Object.fromEntries(memory),
  }
}

/** The tags of CloudFormation stand for what is not asked here. */
function read<Shape>(path: string): Shape {
  return parse(readFileSync(path, 'utf8'), { merge: true, logLevel: 'silent' }) as Shape
}
