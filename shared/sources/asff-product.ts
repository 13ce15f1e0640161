import { asffKey, guardDutyKey, macieKey } from '../core/findings/finding-key.ts'
import { cutToChars } from '../core/findings/text.ts'
import { guardDutyIdOf, parseArn } from './arn.ts'

/** Who found something, and by what name, as ASFF and OCSF both say it. */
export interface ProductFinding {
  readonly id: string
  /** `arn:<partition>:securityhub:<region>:<account>:product/<vendor>/<product>`, or `productv2/…`. */
  readonly productArn: string | undefined
  readonly productName: string | undefined
  readonly accountId: string
  readonly region: string
}

/** `guardduty`, `securityhub`, `inspector`; a product of one's own goes by its name, as its ARN says only `default`. */
export function sourceOfProduct({ id, productArn, productName }: Omit<ProductFinding, 'accountId' | 'region'>): string {
  if (guardDutyIdOf(parseArn(id)) !== null) return 'guardduty'
  const product = /^product(?:v2)?\/[^/]+\/(.+)$/s.exec(parseArn(productArn ?? '')?.resource ?? '')?.[1]
  return slug(product === undefined || product === 'default' ? (productName ?? 'custom') : product)
}

/** The key that the same finding has when its own service sends it. */
export function keyOfProduct(finding: ProductFinding): string {
  const { id, accountId, region, productArn } = finding
  const source = sourceOfProduct(finding)
  const arn = parseArn(id)
  if (source === 'guardduty') return guardDutyKey({ accountId, region, id: guardDutyIdOf(arn) ?? id })
  if (source === 'macie') return macieKey({ accountId, region, id: arn === null ? id : lastPart(arn.resource) })
  return asffKey({ id, product: sameProduct(productArn) ?? `${region}:${source}`, accountId })
}

/** One product has an ARN in each of Security Hub's two generations. */
function sameProduct(productArn: string | undefined): string | undefined {
  return productArn?.replace(':productv2/', ':product/')
}

function lastPart(resource: string): string {
  return resource.split('/').findLast((part) => part !== '') ?? resource
}

function slug(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return letters.replace(/^-+|-+$/g, '').slice(0, 64) || 'custom'
}

/** Of some text fields, the first that holds any, cut to 256 characters. */
export function firstText(...texts: readonly unknown[]): string | null {
  const found = texts.find((text): text is string => typeof text === 'string' && text !== '')
  return found === undefined ? null : cutToChars(found, 256)
}
