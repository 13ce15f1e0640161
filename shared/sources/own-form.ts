import type { FindingState } from '../core/findings/finding.ts'
import { accessAnalyzerKey, configKey } from '../core/findings/finding-key.ts'
import { cutToChars } from '../core/findings/text.ts'
import { parseArn } from './arn.ts'
import { firstText, keyOfProduct, type ProductFinding, sourceOfProduct } from './asff-product.ts'
import { configResourceName } from './config-resource.ts'
import { complianceOf } from './config-standing.ts'
import { inGuardDutyOrder } from './guardduty-resources.ts'
import { inspectorFamily } from './inspector2-family.ts'

interface Named {
  readonly type: string | undefined
  readonly id: string | undefined
  /** AWS's own of a user or role. */
  readonly uniqueId: string | undefined
}

/** What ASFF and OCSF both say of a finding that its own service may have sent too. */
export interface Imported extends ProductFinding {
  readonly types: readonly (string | undefined)[]
  readonly title: string | undefined
  /** One of ASFF's `ProductFields`. */
  readonly fieldOf: (name: string) => unknown
  /** What it is about first. */
  readonly resource: Named | undefined
}

/** What the same finding has where its own service sends it, so that it is one finding, or at least of one group. */
export interface OwnForm {
  readonly key: string
  readonly accountId: string
  /** Null where it is grouped as Security Hub has it. */
  readonly family: string | null
  /** Where its own service has it; active where that says nothing. */
  readonly state: FindingState
  readonly isFinding: boolean
}

const FORMS: ReadonlyMap<string, (imported: Imported) => Partial<OwnForm>> = new Map([
  ['config', ofConfig],
  ['access-analyzer', ofAccessAnalyzer],
  ['inspector', ofInspector],
  ['macie', ({ types }: Imported) => ({ family: macieFamily(types) })],
])

/** Resources as the finding's own service has them: findings that name nobody are grouped by the first. */
export function inOwnOrder<Named extends { readonly type: string }>(source: string, named: readonly Named[]): Named[] {
  return source === 'guardduty' || source === 'macie' ? inGuardDutyOrder(named) : [...named]
}

export function ownForm(imported: Imported): OwnForm {
  const { accountId } = imported
  const form = isOfAws(imported) ? FORMS.get(sourceOfProduct(imported))?.(imported) : undefined
  return { key: keyOfProduct(imported), accountId, family: null, state: 'active', isFinding: true, ...form }
}

/** A product of somebody else's may have the name of one of AWS's services. */
function isOfAws({ productArn }: Imported): boolean {
  return productArn === undefined || /:product(?:v2)?\/(?:aws|amazon)\//.test(productArn)
}

/** Source: "Available AWS service integrations", AWS Config, of Security Hub's guide. */
function ofConfig(imported: Imported): Partial<OwnForm> {
  const { id, accountId, region, fieldOf, title, resource } = imported
  const rule = firstText(fieldOf('aws/config/ConfigRuleArn'), /^(arn:[^:]+:config:.+)\/finding\/[^/]+$/s.exec(id)?.[1])
  const about = nameOf(resource)
  const compliance = complianceOf(fieldOf('aws/config/ConfigComplianceType'))
  return {
    ...(rule === null || about === null ? {} : { key: configKey({ accountId, region, rule, resource: about }) }),
    family: firstText(fieldOf('aws/config/ConfigRuleName'), title),
    ...(compliance === null ? {} : { state: compliance.state, isFinding: compliance.reason !== 'NotAFinding' }),
  }
}

function nameOf(resource: Named | undefined): string | null {
  const { type = 'Other', id, uniqueId = id } = resource ?? {}
  return uniqueId === undefined ? null : configResourceName({ type, id: uniqueId })
}

/** Of the account that has the resource; the import stands in the account of the analyzer. */
function ofAccessAnalyzer({ fieldOf, types, accountId }: Imported): Partial<OwnForm> {
  const id = firstText(fieldOf('findingId'))
  const type = types.find((one) => one !== undefined) ?? ''
  const [access] = ['unused', 'internal', 'external'].filter((word) => type.toLowerCase().includes(word))
  return {
    ...(id === null ? {} : { key: accessAnalyzerKey(id) }),
    accountId: firstText(fieldOf('ResourceOwnerAccount'))?.slice(0, 64) ?? accountId,
    family: access === undefined ? null : `${access}-access`,
  }
}

/** Inspector Classic sends no events of its own. */
function ofInspector({ id, title }: Imported): Partial<OwnForm> {
  return { family: parseArn(id)?.service === 'inspector2' ? inspectorFamily(title ?? '') : null }
}

/** `SensitiveData:S3Object/Personal`, of `Sensitive Data Identifications/PII/SensitiveData:S3Object-Personal`. */
function macieFamily(types: Imported['types']): string | null {
  for (const type of types) {
    const [, kind, what] = /((?:SensitiveData|Policy):[A-Za-z0-9]+)[-/]([A-Za-z0-9]+)$/.exec(type ?? '') ?? []
    if (kind !== undefined) return cutToChars(`${kind}/${what}`, 256)
  }
  return null
}
