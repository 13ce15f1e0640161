import { SQSClient } from '@aws-sdk/client-sqs'

const CONNECT_MS = 1000
const REQUEST_MS = 3000
const ATTEMPTS = 3

export interface SqsConnection {
  readonly region: string
  /** Without one: `AWS_ENDPOINT_URL_SQS`, `AWS_ENDPOINT_URL`, else the region's own; the SDK sees to it. */
  readonly endpoint?: string
  /** Without them: the SDK's own chain. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** How long one attempt may take, and how long the other side may then stay silent: 3 s if not given. */
  readonly requestMilliseconds?: number
}

/**
 * A client that gives up early: at most three attempts of three seconds. A batch that was taken although its answer was
 * lost is sent twice, which every reader of a queue copes with.
 */
export function createSqsClient(connection: SqsConnection): SQSClient {
  const { requestMilliseconds = REQUEST_MS, ...reached } = connection
  return new SQSClient({
    ...reached,
    maxAttempts: ATTEMPTS,
    retryMode: 'standard',
    // Otherwise the host of a queue's address would beat an endpoint that the environment names.
    useQueueUrlAsEndpoint: false,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: requestMilliseconds,
      // Without this the handler only warns, and waits on.
      throwOnRequestTimeout: true,
      // The request's own time ends with the first byte of the answer: half an answer would be waited for without end.
      socketTimeout: requestMilliseconds,
    },
  })
}
