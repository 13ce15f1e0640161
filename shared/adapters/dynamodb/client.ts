import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

const CONNECT_MS = 1000
const REQUEST_MS = 5000
const ATTEMPTS = 3

type RequestSigner = Exclude<NonNullable<DynamoDBClientConfig['signer']>, (...args: never[]) => unknown>

export interface DynamoConnection {
  readonly region: string
  /** Without one: `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL`, else the region's own; the SDK sees to it. */
  readonly endpoint?: string
  /** Without them: the SDK's own chain. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** How requests are signed, where it is not AWS that answers. */
  readonly signer?: RequestSigner
  /** How long one attempt may take: 5 s if not given. */
  readonly requestMilliseconds?: number
}

/**
 * A client that gives up early: at most three attempts of five seconds. What tries longer is the caller, who first looks
 * whether its write has happened.
 */
export function createDynamoClient(connection: DynamoConnection): DynamoDBDocumentClient {
  const { requestMilliseconds = REQUEST_MS, ...reached } = connection
  const client = new DynamoDBClient({
    ...reached,
    maxAttempts: ATTEMPTS,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: requestMilliseconds,
      // Without this the handler only warns, and waits on.
      throwOnRequestTimeout: true,
      // The request's own time ends with the first byte of the answer: half an answer would be waited for without end.
      socketTimeout: requestMilliseconds,
    },
  })
  return DynamoDBDocumentClient.from(client)
}
