import { CloudFormationClient } from '@aws-sdk/client-cloudformation'

const CONNECT_MS = 2000
const REQUEST_MS = 10_000
const ATTEMPTS = 4

export interface CloudFormationConnection {
  readonly region: string
  /** Without one: `AWS_ENDPOINT_URL_CLOUDFORMATION`, `AWS_ENDPOINT_URL`, else the region's own; the SDK sees to it. */
  readonly endpoint?: string
  /** Without them: the SDK's own chain. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** How long one attempt may take, and how long the other side may then stay silent: 10 s if not given. */
  readonly requestMilliseconds?: number
}

/** For a person who asks from a command line: at most four attempts of ten seconds. */
export function createCloudFormationClient(connection: CloudFormationConnection): CloudFormationClient {
  const { requestMilliseconds = REQUEST_MS, ...reached } = connection
  return new CloudFormationClient({
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
}
