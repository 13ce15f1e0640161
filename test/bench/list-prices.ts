/** One list price. `check`: written down from memory; look it up before you rely on it. */
export interface ListPrice {
  readonly service: string
  /** What is counted. */
  readonly unit: string
  /** US dollars, without tax, for so many units. */
  readonly usd: number
  readonly per: number
  /** The page of AWS that has it now. */
  readonly source: string
  readonly check: boolean
}

/** The Region, and when the prices were written down. */
export const PRICED_REGION = 'eu-central-1'
export const PRICED_ON = '2026-11-24'

const MILLION = 1_000_000
const aws = (page: string) => `aws.amazon.com/${page}/pricing`

/** What AWS asks for, first tier, on demand; allowances that are free are not taken off. */
export const LIST_PRICES = {
  lambdaRequests: price('Lambda', 'requests', 0.2, MILLION, aws('lambda'), false),
  lambdaGbSeconds: price('Lambda', 'GB-seconds on arm64', 0.0000133334, 1, aws('lambda'), false),
  readUnits: price('DynamoDB', 'read request units', 0.1525, MILLION, aws('dynamodb'), true),
  writeUnits: price('DynamoDB', 'write request units', 0.7625, MILLION, aws('dynamodb'), true),
  storedGb: price('DynamoDB', 'GB stored', 0.306, 1, aws('dynamodb'), true),
  restorableGb: price('DynamoDB', 'GB restorable to a point in time', 0.2448, 1, aws('dynamodb'), true),
  sqsRequests: price('SQS', 'requests of up to 64 KB', 0.4, MILLION, aws('sqs'), false),
  kmsKeys: price('KMS', 'keys', 1, 1, aws('kms'), false),
  kmsRequests: price('KMS', 'requests', 0.03, 10_000, aws('kms'), false),
  alarms: price('CloudWatch', 'alarms', 0.1, 1, aws('cloudwatch'), false),
  customMetrics: price('CloudWatch', 'metrics of its own', 0.3, 1, aws('cloudwatch'), false),
  dashboards: price('CloudWatch', 'dashboards', 3, 1, aws('cloudwatch'), false),
  logsGb: price('CloudWatch', 'GB of logs taken in', 0.63, 1, aws('cloudwatch'), true),
  logsStoredGb: price('CloudWatch', 'GB of logs kept', 0.0324, 1, aws('cloudwatch'), true),
  traces: price('X-Ray', 'traces', 5, MILLION, aws('xray'), false),
  apiRequests: price('API Gateway', 'requests to the HTTP API', 1.2, MILLION, aws('api-gateway'), true),
  busEvents: price('EventBridge', 'events of AWS services, and a schedule', 0, MILLION, aws('eventbridge'), false),
  mails: price('SES', 'mails', 0.1, 1000, aws('ses'), false),
  topicMessages: price('SNS', 'messages published', 0.5, MILLION, aws('sns'), true),
  textParts: price('SMS', 'parts of texts', 0.1, 1, aws('end-user-messaging'), true),
} as const satisfies Record<string, ListPrice>

export type PriceName = keyof typeof LIST_PRICES

/** A part of a text (153 characters) by the country of who is called, in US dollars. All from memory: check. */
export const TEXT_PART_USD = { DE: 0.1, GB: 0.045, US: 0.009 } as const
export type TextCountry = keyof typeof TEXT_PART_USD

function price(service: string, unit: string, usd: number, per: number, source: string, check: boolean): ListPrice {
  return { service, unit, usd, per, source, check }
}
