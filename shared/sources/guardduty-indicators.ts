import type * as z from 'zod/mini'
import type { guardDutyResource } from './guardduty-resources.ts'
import type { guardDutySequence } from './guardduty-sequence.ts'
import {
  accessKeyIndicator,
  anyIndicator,
  domainIndicator,
  hashIndicator,
  ipIndicator,
  malwareIndicator,
  tidyIndicators,
} from './indicators.ts'
import { list, optionalText, part } from './tolerant-schema.ts'

const word = optionalText(256)
const remoteIpDetails = part({ ipAddressV4: word, ipAddressV6: word })
const remote = part({ remoteIpDetails })
const hashed = part({ hash: word })

/** `detail.service.action`: what came from outside, or went there. */
export const guardDutyAction = part({
  awsApiCallAction: part({ remoteIpDetails, domainDetails: part({ domain: word }) }),
  dnsRequestAction: part({ domain: word }),
  networkConnectionAction: remote,
  portProbeAction: part({ portProbeDetails: list(remote, 50) }),
  kubernetesApiCallAction: part({ remoteIpDetails, sourceIPs: list(word, 20), sourceIps: list(word, 20) }),
  rdsLoginAttemptAction: remote,
})

/** What of `detail.service` names files: malware scans, what ran, and threat lists. */
export const guardDutyFiles = {
  malwareScanDetails: part({
    threats: list(part({ name: word, hash: word, itemPaths: list(hashed, 20), itemDetails: list(hashed, 20) }), 50),
  }),
  ebsVolumeScanDetails: part({
    scanDetections: part({
      threatDetectedByName: part({ threatNames: list(part({ name: word, filePaths: list(hashed, 20) }), 20) }),
    }),
  }),
  evidence: part({ threatIntelligenceDetails: list(part({ threatFileSha256: word }), 20) }),
  runtimeDetails: part({ process: part({ executableSha256: word }) }),
}
const files = part(guardDutyFiles)

interface Traces {
  readonly action: z.output<typeof guardDutyAction>
  readonly files: z.output<typeof files>
  readonly resource: z.output<typeof guardDutyResource>
  readonly sequence: z.output<typeof guardDutySequence>
}

/** Addresses first, then domains, files and access keys: what is cut off is what says least. */
export function guardDutyIndicators({ action, files: found, resource, sequence }: Traces): string[] {
  return tidyIndicators([
    ...addresses(action),
    ...sequence.endpoints.flatMap(({ ip }) => ipIndicator(ip)),
    ...domainIndicator(action.awsApiCallAction.domainDetails.domain),
    ...domainIndicator(action.dnsRequestAction.domain),
    ...sequence.endpoints.flatMap(({ domain }) => domainIndicator(domain)),
    ...sequenceIndicators(sequence),
    ...hashes(found).flatMap(hashIndicator),
    ...resource.s3BucketDetails.flatMap((bucket) => bucket.s3ObjectDetails.flatMap(({ hash }) => hashIndicator(hash))),
    ...sequence.actors.flatMap((actor) => hashIndicator(actor.process.sha256)),
    ...accessKeyIndicator(resource.accessKeyDetails.accessKeyId),
    ...sequence.actors.flatMap(({ user, session }) => [user.credentialUid, session.uid].flatMap(accessKeyIndicator)),
    ...sequence.resources.flatMap(({ uid }) => accessKeyIndicator(uid)),
    ...threatNames(found).flatMap(malwareIndicator),
  ])
}

function addresses(action: z.output<typeof guardDutyAction>): string[] {
  const kubernetes = action.kubernetesApiCallAction
  const remotes = [
    action.networkConnectionAction,
    action.awsApiCallAction,
    action.rdsLoginAttemptAction,
    kubernetes,
    ...action.portProbeAction.portProbeDetails,
  ]
  const seen = remotes.flatMap(({ remoteIpDetails: ip }) => [ip.ipAddressV4, ip.ipAddressV6])
  return [...seen, ...kubernetes.sourceIPs, ...kubernetes.sourceIps].flatMap(ipIndicator)
}

/** The key says whether a value is a domain. */
function sequenceIndicators({ sequenceIndicators: own, signals }: z.output<typeof guardDutySequence>): string[] {
  return [...own, ...signals.flatMap(({ signalIndicators }) => signalIndicators)].flatMap(({ key, values }) =>
    values.flatMap(key?.endsWith('_DOMAIN') === true ? domainIndicator : anyIndicator),
  )
}

function threatNames({ malwareScanDetails, ebsVolumeScanDetails }: z.output<typeof files>) {
  const byName = ebsVolumeScanDetails.scanDetections.threatDetectedByName.threatNames
  return [...malwareScanDetails.threats, ...byName].map(({ name }) => name)
}

function hashes({ malwareScanDetails, ebsVolumeScanDetails, evidence, runtimeDetails }: z.output<typeof files>) {
  const byName = ebsVolumeScanDetails.scanDetections.threatDetectedByName.threatNames
  const ofThreats = malwareScanDetails.threats.flatMap(({ hash, itemPaths, itemDetails }) => [
    hash,
    ...[...itemPaths, ...itemDetails].map((item) => item.hash),
  ])
  return [
    ...ofThreats,
    ...byName.flatMap(({ filePaths }) => filePaths.map(({ hash }) => hash)),
    ...evidence.threatIntelligenceDetails.map(({ threatFileSha256 }) => threatFileSha256),
    runtimeDetails.process.executableSha256,
  ]
}
