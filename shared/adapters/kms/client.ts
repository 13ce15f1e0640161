import { KMSClient } from '@aws-sdk/client-kms'

const CONNECT_MS = 1000
const REQUEST_MS = 2000
const ATTEMPTS = 3

export interface KmsConnection {
  readonly region: string
  /** Without one: `AWS_ENDPOINT_URL_KMS`, `AWS_ENDPOINT_URL`, else the region's own; the SDK sees to it. */
  readonly endpoint?: string
  /** Without them: the SDK's own chain. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** How long one attempt may take, and how long the other side may then stay silent: 2 s if not given. */
  readonly requestMilliseconds?: number
}

/** One key, for what it may be used for. */
export interface KmsKey {
  readonly client: KMSClient
  /** Id, ARN or alias. */
  readonly keyId: string
}

/**
 * A client that gives up early: at most three attempts of two seconds. A key answers in milliseconds, and somebody waits
 * for it: a person for a page to open, a page for its link.
 */
export function createKmsClient(connection: KmsConnection): KMSClient {
  const { requestMilliseconds = REQUEST_MS, ...reached } = connection
  return new KMSClient({
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
