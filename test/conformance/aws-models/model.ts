/** The parts of a botocore service model (`service-2.json`) that say what a request may look like. */
export interface ServiceModel {
  /** botocore's name of it, for example `sesv2`. */
  readonly name: string
  readonly metadata: Metadata
  readonly operations: Readonly<Record<string, Operation>>
  readonly shapes: Readonly<Record<string, Shape>>
}

interface Metadata {
  readonly apiVersion: string
  readonly endpointPrefix: string
  readonly signingName?: string
  readonly protocol: string
  /** All that the service understands; older models have only `protocol`. */
  readonly protocols?: readonly string[]
  readonly jsonVersion?: string
  readonly targetPrefix?: string
  readonly xmlNamespace?: string
}

export interface Operation {
  readonly name: string
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number }
  readonly input?: Ref
  readonly output?: Ref & { readonly resultWrapper?: string }
  readonly errors?: readonly Ref[]
}

export type TimestampFormat = 'unixTimestamp' | 'iso8601' | 'rfc822'

/** A use of a shape, by a member or by an operation. */
export interface Ref {
  readonly shape: string
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode'
  readonly locationName?: string
  readonly timestampFormat?: TimestampFormat
  readonly jsonvalue?: boolean
}

export interface Shape {
  readonly type:
    | 'structure'
    | 'list'
    | 'map'
    | 'string'
    | 'integer'
    | 'long'
    | 'float'
    | 'double'
    | 'boolean'
    | 'blob'
    | 'timestamp'
  readonly members?: Readonly<Record<string, Ref>>
  readonly required?: readonly string[]
  /** The member that is the whole body. */
  readonly payload?: string
  readonly union?: boolean
  /** Anything that JSON can say. */
  readonly document?: boolean
  readonly member?: Ref
  readonly key?: Ref
  readonly value?: Ref
  readonly flattened?: boolean
  readonly sparse?: boolean
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly timestampFormat?: TimestampFormat
  readonly error?: { readonly httpStatusCode?: number }
  readonly retryable?: { readonly throttling?: boolean }
}

const NO_MEMBERS: Shape = { type: 'structure' }

/** Throws when the model has no such shape: then the model is broken, not the request. */
export function shapeOf(model: ServiceModel, { shape }: Ref): Shape {
  const found = model.shapes[shape]
  if (found === undefined) throw new Error(`the model of ${model.name} has no shape ${shape}`)
  return found
}

export function inputShape(model: ServiceModel, { input }: Operation): Shape {
  return input === undefined ? NO_MEMBERS : shapeOf(model, input)
}

/** The name that requests to the service are signed with; several services may share one. */
export function signingName({ metadata }: ServiceModel): string {
  return metadata.signingName ?? metadata.endpointPrefix
}
