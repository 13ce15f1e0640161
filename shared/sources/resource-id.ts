import type { FindingResource } from '../core/findings/finding.ts'
import { cutToChars } from '../core/findings/text.ts'

const MAX_RESOURCES = 50
const MAX_ID_CHARS = 1024

/** Forms in which one service writes an id that another writes bare. */
const WRAPPED = [/^AWS::IAM::AccessKey:(.+)$/s, /^arn:[^:]+:ec2:[^:]*:[^:]*:instance\/(.+)$/s]

/** One form per resource, so that findings of it group alike: a bare access key id and instance id, ARNs otherwise. */
export function resourceIdOf(id: string): string {
  for (const form of WRAPPED) {
    const bare = form.exec(id)?.[1]
    if (bare !== undefined) return bare
  }
  return id
}

/** In the order given, each id once, bounded. */
export function tidyResources(resources: readonly { type: string; id: string | undefined }[]): FindingResource[] {
  const byId = new Map<string, FindingResource>()
  for (const { type, id } of resources) {
    if (id === undefined) continue
    const tidy = cutToChars(resourceIdOf(id), MAX_ID_CHARS)
    if (!byId.has(tidy)) byId.set(tidy, { type, id: tidy })
    if (byId.size === MAX_RESOURCES) break
  }
  return [...byId.values()]
}
