import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb'
import { CreateKeyCommand, type CreateKeyCommandInput, KMSClient } from '@aws-sdk/client-kms'
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { ResourceIdentity } from '../iam-policy/resource-identity.ts'
import { ACCOUNT, PackagedStack, REGION } from './packaged-stack.ts'

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' }
const TABLES = ['IncidentsTable', 'FindingsTable'] as const
const KEYS = ['DataKey', 'LinkKey', 'FormKey', 'NoteKey'] as const
export const API_URL = 'https://api.example.com'

export interface Addresses {
  readonly dynamodb: string
  readonly moto: string
  /** What the functions are told: the recording endpoint before both. */
  readonly functions: string
}

/** The stack's tables, queues and keys, made on emulators as the packaged template describes them. */
export class EmulatedAccount {
  readonly #addresses: Addresses
  readonly dynamodb: DynamoDBClient
  readonly sqs: SQSClient
  readonly #kms: KMSClient
  stack: PackagedStack
  readonly queueUrls = new Map<string, string>()

  private constructor(addresses: Addresses, stack: PackagedStack) {
    this.#addresses = addresses
    this.stack = stack
    const reached = { region: REGION, credentials: CREDENTIALS }
    this.dynamodb = new DynamoDBClient({ ...reached, endpoint: addresses.dynamodb })
    this.sqs = new SQSClient({ ...reached, endpoint: addresses.moto, useQueueUrlAsEndpoint: false })
    this.#kms = new KMSClient({ ...reached, endpoint: addresses.moto })
  }

  static async create(addresses: Addresses): Promise<EmulatedAccount> {
    const account = new EmulatedAccount(addresses, await PackagedStack.read())
    await account.#create()
    return account
  }

  async #create(): Promise<void> {
    const identities: Record<string, ResourceIdentity> = {
      Api: { ref: 'api', attributes: { ApiEndpoint: API_URL } },
      MailConfigurationSet: { ref: 'muster-prod', attributes: {} },
      SmsConfigurationSet: { ref: 'muster-prod', attributes: {} },
    }
    for (const id of KEYS) identities[id] = await this.#createKey(id)
    this.stack = this.stack.with(identities)
    for (const id of this.stack.idsOf('AWS::SQS::Queue')) await this.#createQueue(id)
    await this.createTables()
  }

  async #createKey(id: string): Promise<ResourceIdentity> {
    const { KeySpec, KeyUsage } = this.stack.properties<CreateKeyCommandInput>(id)
    const { KeyMetadata } = await this.#kms.send(new CreateKeyCommand({ KeySpec, KeyUsage }))
    return { ref: KeyMetadata?.KeyId ?? '', attributes: { Arn: KeyMetadata?.Arn ?? '' } }
  }

  async #createQueue(id: string): Promise<void> {
    const { QueueName, VisibilityTimeout } = this.stack.properties<{ QueueName: string; VisibilityTimeout?: number }>(
      id,
    )
    const Attributes = VisibilityTimeout === undefined ? {} : { VisibilityTimeout: String(VisibilityTimeout) }
    const { QueueUrl = '' } = await this.sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
    this.queueUrls.set(id, QueueUrl)
    const reached = QueueUrl.replace(this.#addresses.moto, this.#addresses.functions)
    const Arn = `arn:aws:sqs:${REGION}:${ACCOUNT}:${QueueName}`
    this.stack = this.stack.with({ [id]: { ref: reached, attributes: { Arn, QueueName } } })
  }

  async createTables(): Promise<void> {
    for (const id of TABLES) {
      const {
        DeletionProtectionEnabled: _,
        PointInTimeRecoverySpecification: __,
        SSESpecification: ___,
        StreamSpecification: stream,
        ...table
      } = this.stack.properties<CreateTableCommandInput & { PointInTimeRecoverySpecification: unknown }>(id)
      const streams = stream ? { StreamSpecification: { ...stream, StreamEnabled: true } } : {}
      await this.dynamodb.send(new CreateTableCommand({ ...table, ...streams }))
    }
  }

  /** Empty tables and queues. */
  async startAnew(): Promise<void> {
    for (const id of TABLES) {
      await this.dynamodb.send(new DeleteTableCommand({ TableName: this.stack.properties<string>(id, 'TableName') }))
    }
    for (const [id, QueueUrl] of this.queueUrls) {
      await this.sqs.send(new DeleteQueueCommand({ QueueUrl }))
      await this.#createQueue(id)
    }
    await this.createTables()
  }

  /** What a function is given: the template's variables, and where the services are. */
  environmentOf(functionId: string): Record<string, string> {
    const { Variables } = this.stack.properties<{ Variables: Record<string, string> }>(functionId, 'Environment')
    return {
      ...Variables,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL: this.#addresses.functions,
      AWS_LAMBDA_FUNCTION_NAME: this.stack.properties<string>(functionId, 'FunctionName'),
    }
  }
}
