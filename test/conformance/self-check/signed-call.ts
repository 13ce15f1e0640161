import type { RecordingEndpoint } from '../recording-endpoint.ts'

/** Nothing here checks signatures; the service in their scope is all that matters. */
export function scope(signingName: string): Record<string, string> {
  const credential = `local/20260101/us-east-1/${signingName}/aws4_request`
  return { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` }
}

/** A call in AWS JSON without an SDK, so that it may also be one that no SDK would send. */
export function jsonCall(
  { url }: RecordingEndpoint,
  call: { readonly signingName: string; readonly target: string; readonly version: string; readonly body: object },
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      ...scope(call.signingName),
      'x-amz-target': call.target,
      'content-type': `application/x-amz-json-${call.version}`,
    },
    body: JSON.stringify(call.body),
  })
}
