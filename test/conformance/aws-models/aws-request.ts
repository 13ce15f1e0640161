/** One HTTP request as it arrived. */
export interface AwsRequest {
  readonly method: string
  /** With the query, as sent: `/v2/email/identities?PageSize=5`. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export function bodyText({ body }: AwsRequest): string {
  return new TextDecoder().decode(body)
}

/** The path without its query, as sent. */
export function pathOf({ path }: AwsRequest): string {
  return path.replace(/\?.*$/s, '')
}

export function queryOf(request: AwsRequest): URLSearchParams {
  return new URLSearchParams(request.path.slice(pathOf(request).length))
}

/** The service named in the signature (AWS Signature Version 4, "credential scope"); null when it is not signed. */
export function signedFor({ headers }: AwsRequest): string | null {
  const scope = /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '')
  return scope?.[1] ?? null
}
