import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2'

const CONNECT_MS = 1000
const REQUEST_MS = 4000

export interface SmsConnection {
  readonly region: string
  /**
   * Without one: `AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2`, `AWS_ENDPOINT_URL`, else the region's own; the SDK sees to it.
   */
  readonly endpoint?: string
  /** Without them: the SDK's own chain. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** How long a call may wait for its answer, and the answer for its next byte: 4 s if not given. */
  readonly requestMilliseconds?: number
  /** How often a call is made at most: once if not given. */
  readonly attempts?: number
}

/**
 * A client that asks once, if not told otherwise, and gives up early: trying again is the sender's business, who first
 * looks whether the message is still wanted.
 */
export function createSmsClient(connection: SmsConnection): PinpointSMSVoiceV2Client {
  const { requestMilliseconds = REQUEST_MS, attempts = 1, ...reached } = connection
  return new PinpointSMSVoiceV2Client({
    ...reached,
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: requestMilliseconds,
      // Without this the handler only warns, and waits on.
      throwOnRequestTimeout: true,
      // The request's own limit ends with the first byte of the answer.
      socketTimeout: requestMilliseconds,
    },
  })
}
