import { type Document, isAlias, isMap, isScalar } from 'yaml'
import { LOCAL_CONNECTION, LOCAL_TABLES } from '../../../infra/local/database.ts'

export type Variables = Readonly<Record<string, string>>

const QUEUES = 'https://sqs.eu-central-1.amazonaws.com/111122223333'

/** What only a deployed stack knows. */
export const STACK_VARIABLES: Variables = {
  MUSTER_INCIDENTS_TABLE: LOCAL_TABLES.incidents,
  MUSTER_FINDINGS_TABLE: LOCAL_TABLES.findings,
  MUSTER_OWN_QUEUE: `${QUEUES}/own`,
  MUSTER_DEAD_LETTERS: `${QUEUES}/dead`,
  MUSTER_WAKES_QUEUE: `${QUEUES}/wakes`,
  MUSTER_MESSAGES_QUEUES: JSON.stringify({ email: `${QUEUES}/email`, sms: `${QUEUES}/sms` }),
  MUSTER_OTHER_MESSAGES_QUEUE: `${QUEUES}/other`,
  MUSTER_LINK_KEY: 'sample-key',
  MUSTER_PUBLIC_URL: 'https://muster.example.com',
  MUSTER_MAIL_FROM: 'muster@example.com',
  MUSTER_MAIL_CONFIGURATION_SET: 'muster',
}

/** What Lambda itself sets. */
export const LAMBDA_VARIABLES: Variables = {
  TZ: ':UTC',
  AWS_REGION: 'eu-central-1',
  AWS_DEFAULT_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: LOCAL_CONNECTION.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_CONNECTION.credentials.secretAccessKey,
  AWS_SESSION_TOKEN: 'sample',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: 'muster-bench',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
}

/**
 * The variables that serverless.yml gives a function. What it writes out is taken from there, the rest from `stack`.
 * @throws Error that names the variables which neither says.
 */
export function deployedEnvironment(serverless: Document, functionName: string, stack: Variables): Variables {
  const paths = [
    ['provider', 'environment'],
    ['functions', functionName, 'environment'],
  ]
  const named = paths.flatMap((path) => variablesAt(serverless, path))
  const known = named.map(([name, literal]) => [name, literal ?? stack[name]] as const)
  const unknown = known.filter(([, value]) => value === undefined).map(([name]) => name)
  if (unknown.length > 0) throw new Error(`${functionName}: no local value for ${unknown.join(', ')}`)
  return Object.fromEntries(known) as Variables
}

/** Names with their values; null for one that the deployed stack decides. */
function variablesAt(serverless: Document, path: readonly string[]): [name: string, literal: string | null][] {
  const found = serverless.getIn(path, true)
  const map = isAlias(found) ? found.resolve(serverless) : found
  if (!isMap(map)) throw new Error(`serverless.yml has no ${path.join('.')}`)
  return map.items.map(({ key, value }) => [String(key), literalOf(value)])
}

function literalOf(value: unknown): string | null {
  const isLiteral = isScalar(value) && !value.tag?.startsWith('!') && !String(value.value).includes('${')
  return isLiteral ? String(value.value) : null
}
