import type { Finding } from '../../../shared/core/findings/finding.ts'
import { sampleEvent } from './sample-events.ts'

/** What an import into Security Hub says of a finding that its own service has sent too. */
export interface Import {
  readonly Id: string
  readonly product: string
  readonly Title: string
  readonly Types: readonly string[]
  readonly Resources: readonly object[]
  readonly ProductFields?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

const BASE = {
  SchemaVersion: '2018-10-08',
  AwsAccountId: '111122223333',
  Region: 'eu-central-1',
  CreatedAt: '2027-03-06T02:00:00Z',
  UpdatedAt: '2027-03-06T02:13:29.741Z',
  Severity: { Label: 'MEDIUM' },
  Workflow: { Status: 'NEW' },
  RecordState: 'ACTIVE',
}

/** As Security Hub sends it. */
export function asffOf({ product, ...finding }: Import): object {
  const ProductArn = `arn:aws:securityhub:eu-central-1::product/aws/${product}`
  return {
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Imported',
    time: '2027-03-06T02:14:00Z',
    detail: { findings: [{ ...BASE, ProductArn, GeneratorId: 'sample', ...finding }] },
  }
}

/** The same as OCSF, as Security Lake keeps ASFF: what has no place of its own stands in `unmapped`. */
export function ocsfOf({ product, ...finding }: Import): object {
  const {
    Id: uid,
    Title: title,
    Types: types,
    Resources,
    ProductFields = {},
    AwsAccountId,
    Compliance,
    UpdatedAt,
  } = finding
  const fields = Object.entries(ProductFields).map(([name, value]) => [`ProductFields.${name}`, value])
  const resources = (Resources as { Type: string; Id: string; Details?: object }[]).map((one) => ({
    type: one.Type,
    uid: one.Id,
    data: JSON.stringify(one.Details ?? {}),
  }))
  const { Status: status } = (Compliance ?? {}) as { Status?: string }
  return {
    class_uid: 2003,
    category_uid: 2,
    type_uid: 200302,
    severity_id: 3,
    cloud: { account: { uid: AwsAccountId ?? BASE.AwsAccountId }, region: BASE.Region },
    metadata: { product: { uid: `arn:aws:securityhub:eu-central-1::product/aws/${product}` } },
    finding_info: { uid, title, types, modified_time_dt: UpdatedAt ?? BASE.UpdatedAt },
    compliance: { status },
    resources,
    unmapped: Object.fromEntries(fields),
  }
}

/** A sample of the bus with its detail changed. */
export function changed(name: string, change: object): object {
  const event = sampleEvent(name) as { detail: object }
  return { ...event, detail: { ...event.detail, ...change } }
}

const RULE = 'arn:aws:config:eu-central-1:111122223333:config-rule/config-rule-sample'
const ACCOUNT = '111122223333'
const WHERE = `eu-central-1:${ACCOUNT}`

/** Of a rule of Config about one resource. */
export const ofRule = (Id: string, resource: object): Import => ({
  Id: `${RULE}/finding/46f070df80cd50b68fa6a43594dc5fda1e517902`,
  product: 'config',
  GeneratorId: RULE,
  Title: 'access-keys-rotated',
  Types: ['Software and Configuration Checks'],
  ProductFields: {
    'aws/config/ConfigRuleArn': RULE,
    'aws/config/ConfigRuleName': 'access-keys-rotated',
    'aws/config/ConfigComplianceType': 'NON_COMPLIANT',
  },
  Compliance: { Status: 'FAILED' },
  Resources: [{ Id, ...resource }],
})

/** Of unused access, unless changed. */
export const ofAnalyzer = (change: object = {}): Import => ({
  Id: `arn:aws:access-analyzer:${WHERE}:analyzer/sample/arn:aws:iam::${ACCOUNT}:role/reports/UnusedPermission`,
  product: 'access-analyzer',
  GeneratorId: 'aws/access-analyzer',
  Title: `AwsIamRole/arn:aws:iam::${ACCOUNT}:role/reports/ contains unused permissions`,
  Types: ['Software and Configuration Checks/AWS Security Best Practices/Unused Permission'],
  UpdatedAt: '2027-03-06T02:00:00Z',
  ProductFields: { findingId: '44444444-5d29-4922-b92a-ba956c986277', ResourceOwnerAccount: ACCOUNT },
  AwsAccountId: '444455556666',
  Resources: [{ Type: 'AwsIamRole', Id: `arn:aws:iam::${ACCOUNT}:role/reports` }],
  ...change,
})

export const ofInspector = (
  own: Finding,
  Types: readonly string[],
  resource: { Type: string; Id: string },
): Import => ({
  Id: own.findingId,
  product: 'inspector',
  GeneratorId: 'AWSInspector',
  Title: own.title,
  UpdatedAt: own.version.updatedAt,
  Severity: { Label: own.severity },
  Types,
  Resources: [resource],
})

export const ofMacie = (own: Finding, type: string, Resources: readonly object[]): Import => ({
  ...{ Id: own.findingId, product: 'macie', GeneratorId: 'aws/macie', Title: own.title, Types: [type], Resources },
  UpdatedAt: own.version.updatedAt,
  Severity: { Label: own.severity },
})
