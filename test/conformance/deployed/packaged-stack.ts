import { readFile } from 'node:fs/promises'
import { resolveTemplate } from '../iam-policy/resolve-template.ts'
import type { TemplateValues } from '../iam-policy/template-values.ts'

export const REGION = 'eu-central-1'
export const ACCOUNT = '123456789012'
const TEMPLATE = '.serverless/cloudformation-template-update-stack.json'

interface TemplateResource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

/** The packaged template, with what a deployment would put in. */
export class PackagedStack {
  readonly #template: { readonly Resources: Readonly<Record<string, TemplateResource>> }
  readonly #values: TemplateValues

  constructor(template: { readonly Resources: Readonly<Record<string, TemplateResource>> }, values: TemplateValues) {
    this.#template = template
    this.#values = values
  }

  /** As `npm run package` wrote it, with e-mail and SMS open. */
  static async read(resources: TemplateValues['resources'] = {}): Promise<PackagedStack> {
    const template = JSON.parse(await readFile(TEMPLATE, 'utf8'))
    const conditions = { HasMail: true, HasSms: true, ReservesExecutions: true }
    const closed = { HasPublicUrl: false, HasOidc: false, HasAlarmMail: false, HasBoundary: false }
    const smsIdentity = `arn:aws:sms-voice:${REGION}:${ACCOUNT}:phone-number/sample`
    return new PackagedStack(template, {
      pseudo: {
        'AWS::Region': REGION,
        'AWS::AccountId': ACCOUNT,
        'AWS::Partition': 'aws',
        'AWS::URLSuffix': 'amazonaws.com',
      },
      parameters: { MailFrom: 'muster@example.com', SmsIdentity: smsIdentity },
      conditions: { ...conditions, ...closed },
      resources,
    })
  }

  with(resources: NonNullable<TemplateValues['resources']>): PackagedStack {
    return new PackagedStack(this.#template, {
      ...this.#values,
      resources: { ...this.#values.resources, ...resources },
    })
  }

  /** The type of each resource, by logical id. */
  types(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.#template.Resources).map(([id, { Type }]) => [id, Type]))
  }

  /** Logical ids of a type, in the template's order. */
  idsOf(type: string): string[] {
    return Object.entries(this.#template.Resources).flatMap(([id, resource]) => (resource.Type === type ? [id] : []))
  }

  /** A resource's properties, or one of them, with its functions carried out. */
  properties<Properties>(logicalId: string, ...property: readonly string[]): Properties {
    const part = ['Resources', logicalId, 'Properties', ...property]
    return resolveTemplate(this.#template, this.#values, part) as Properties
  }
}
