import type { FindingResource } from '../core/findings/finding.ts'
import { cutToChars } from '../core/findings/text.ts'

const MAX_RESOURCES = 50
const MAX_ID_CHARS = 1024

/** Forms in which one service writes an id that another writes bare. */
const WRAPPED = [
  /^AWS::IAM::AccessKey:(.+)$/s,
  /^arn:[^:]+:ec2:[^:]*:[^:]*:instance\/(.+)$/s,
  /^arn:[^:]+:ec2:[^:]*:[^:]*:(i-[0-9a-f]+)$/,
  /^(arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+):\$LATEST$/,
]

/**
 * One form per resource, so that findings of it group alike: a bare access key id and instance id, a function without
 * `$LATEST`, ARNs otherwise.
 */
export function resourceIdOf(id: string): string {
  for (const form of WRAPPED) {
    const bare = form.exec(id)?.[1]
    if (bare !== undefined) return bare
  }
  return id
}

/** In the order given, each type and id once, bounded: a key and the role it belongs to may share an id. */
export function tidyResources(resources: readonly { type: string; id: string | undefined }[]): FindingResource[] {
  const byTypeAndId = new Map<string, FindingResource>()
  for (const { type, id } of resources) {
    if (id === undefined) continue
    const tidy = cutToChars(resourceIdOf(id), MAX_ID_CHARS)
    const key = JSON.stringify([type, tidy])
    if (!byTypeAndId.has(key)) byTypeAndId.set(key, { type, id: tidy })
    if (byTypeAndId.size === MAX_RESOURCES) break
  }
  return [...byTypeAndId.values()]
}
