export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** Everything after the fifth colon. */
  readonly resource: string
}

const ARN = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s

export function parseArn(text: string): Arn | null {
  const [, partition, service, region, account, resource] = ARN.exec(text) ?? []
  if (partition === undefined || service === undefined || resource === undefined) return null
  return { partition, service, region: region ?? '', account: account ?? '', resource }
}

/** The finding's id in `arn:<partition>:guardduty:<region>:<account>:detector/<detector>/finding/<id>`, else null. */
export function guardDutyIdOf(arn: Arn | null): string | null {
  if (arn?.service !== 'guardduty') return null
  return /^detector\/[^/]+\/finding\/(.+)$/s.exec(arn.resource)?.[1] ?? null
}

/** Regions name their partition by their prefix. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  if (region.startsWith('us-isob-')) return 'aws-iso-b'
  if (region.startsWith('us-iso-')) return 'aws-iso'
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws'
}
