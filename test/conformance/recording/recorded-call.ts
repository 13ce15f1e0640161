import { type AwsRequest, signedFor } from '../aws-models/aws-request.ts'
import { checkRequest, readCall } from '../aws-models/check-request.ts'
import { type ServiceModel, signingName } from '../aws-models/model.ts'
import { type Violation, violation } from '../aws-models/violation.ts'

export interface RecordedCall {
  /** botocore's name, for example `sesv2`; the name in the signature where no model fits; null when it is not signed. */
  readonly service: string | null
  /** Null when the service has no such operation. */
  readonly operation: string | null
  /** By the model's names at the top, as on the wire below; null when it can't be read. */
  readonly input: Readonly<Record<string, unknown>> | null
  readonly request: AwsRequest
}

/** What a request calls. Of several services that sign with one name, the one that has the operation. */
export function recordedCall(models: readonly ServiceModel[], request: AwsRequest): RecordedCall {
  const signed = signedFor(request)
  const candidates = models.filter((model) => signingName(model) === signed)
  for (const model of candidates) {
    const call = readCall(model, request)
    if (call !== null) return { service: model.name, ...call, request }
  }
  return { service: candidates[0]?.name ?? signed, operation: null, input: null, request }
}

/** What a call has against its service's model. A call to a service without a model can't be right. */
export function violationsOf(models: readonly ServiceModel[], { service, request }: RecordedCall): Violation[] {
  const model = models.find(({ name }) => name === service)
  if (model !== undefined) return checkRequest(model, request)
  const expected = `one of ${models.map(({ name }) => name).join(', ')}`
  return [violation({ operation: service ?? '', member: '' }, 'operation', service ?? 'no signature', expected)]
}
