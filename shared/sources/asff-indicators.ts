import * as z from 'zod/mini'
import {
  accessKeyIndicator,
  anyIndicator,
  domainIndicator,
  hashIndicator,
  ipIndicator,
  malwareIndicator,
  tidyIndicators,
} from './indicators.ts'
import { exactPart, list, optionalText } from './tolerant-schema.ts'

const word = optionalText(256)
const url = optionalText(2048)
const RemoteIpDetails = exactPart({ IpAddressV4: word, IpAddressV6: word })
const remote = exactPart({ RemoteIpDetails })
const indicator = exactPart({ Key: word, Values: list(word, 20) })

/** What of an ASFF finding may show up elsewhere too. */
export const asffTraces = {
  Network: exactPart({
    Direction: word,
    SourceIpV4: word,
    SourceIpV6: word,
    SourceDomain: word,
    DestinationIpV4: word,
    DestinationIpV6: word,
    DestinationDomain: word,
  }),
  Action: exactPart({
    AwsApiCallAction: exactPart({ RemoteIpDetails, DomainDetails: exactPart({ Domain: word }) }),
    NetworkConnectionAction: remote,
    PortProbeAction: exactPart({ PortProbeDetails: list(remote, 50) }),
    DnsRequestAction: exactPart({ Domain: word }),
  }),
  ThreatIntelIndicators: list(exactPart({ Type: word, Value: url }), 20),
  Malware: list(exactPart({ Name: word }), 20),
  Threats: list(exactPart({ Name: word, FilePaths: list(exactPart({ Hash: word }), 20) }), 32),
}
const traces = z.object(asffTraces)

/** What `Detection.Sequence` adds to them. */
export const sequenceTraces = {
  Endpoints: list(exactPart({ Ip: word, Domain: word }), 100),
  Signals: list(exactPart({ Id: url, Type: word, SignalIndicators: list(indicator, 20) }), 100),
  SequenceIndicators: list(indicator, 50),
}
const sequence = z.object(sequenceTraces)

interface Traces {
  readonly asff: z.output<typeof traces>
  readonly sequence: z.output<typeof sequence>
  readonly productFields: Readonly<Record<string, unknown>>
  readonly resourceIds: readonly (string | undefined)[]
}

/** Addresses and domains first, then files, access keys and names. */
export function asffIndicators({ asff, sequence: found, productFields, resourceIds }: Traces): string[] {
  return tidyIndicators([
    ...ofNetwork(asff.Network),
    ...ofAction(asff.Action),
    ...found.Endpoints.flatMap(({ Ip, Domain }) => [...ipIndicator(Ip), ...domainIndicator(Domain)]),
    ...guardDutyFieldIndicators(productFields),
    ...asff.ThreatIntelIndicators.flatMap(({ Type, Value }) => threatIntel(Type, Value)),
    ...[...found.SequenceIndicators, ...found.Signals.flatMap(({ SignalIndicators }) => SignalIndicators)].flatMap(
      ({ Key, Values }) => Values.flatMap(Key?.endsWith('_DOMAIN') === true ? domainIndicator : anyIndicator),
    ),
    ...asff.Threats.flatMap(({ FilePaths }) => FilePaths.flatMap(({ Hash }) => hashIndicator(Hash))),
    ...resourceIds.flatMap(accessKeyIndicator),
    ...[...asff.Malware, ...asff.Threats].flatMap(({ Name }) => malwareIndicator(Name)),
  ])
}

/** The other side's; both sides' where nobody says which way it went. */
function ofNetwork(network: z.output<typeof traces>['Network']): string[] {
  const source = [network.SourceIpV4, network.SourceIpV6].flatMap(ipIndicator)
  const destination = [network.DestinationIpV4, network.DestinationIpV6].flatMap(ipIndicator)
  const direction = network.Direction?.toUpperCase()
  return [
    ...(direction === 'OUT' ? [] : [...source, ...domainIndicator(network.SourceDomain)]),
    ...(direction === 'IN' ? [] : [...destination, ...domainIndicator(network.DestinationDomain)]),
  ]
}

function ofAction(action: z.output<typeof traces>['Action']): string[] {
  const { AwsApiCallAction: call, NetworkConnectionAction: connection, PortProbeAction: probe } = action
  const addresses = [call, connection, ...probe.PortProbeDetails].flatMap(({ RemoteIpDetails: ip }) => [
    ip.IpAddressV4,
    ip.IpAddressV6,
  ])
  const domains = [call.DomainDetails.Domain, action.DnsRequestAction.Domain]
  return [...addresses.flatMap(ipIndicator), ...domains.flatMap(domainIndicator)]
}

function threatIntel(type: string | undefined, value: string | undefined): string[] {
  if (type === 'URL') {
    const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(value ?? '')?.[1]
    return [...ipIndicator(host), ...domainIndicator(host)]
  }
  return type === 'DOMAIN' ? domainIndicator(value) : anyIndicator(value)
}

/** Security Hub flattens GuardDuty's `service` into text fields: `aws/guardduty/service/action/…/ipAddressV4`. */
export function guardDutyFieldIndicators(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields)
    .filter(([key]) => key.startsWith('aws/guardduty/service/'))
    .flatMap(([key, value]) => (typeof value === 'string' ? ofField(key, value) : []))
}

function ofField(key: string, value: string): string[] {
  if (/\/remoteIpDetails\/ipAddressV[46]$/.test(key)) return ipIndicator(value)
  if (/\/domain$/.test(key)) return domainIndicator(value)
  return /(?:\/hash|sha256)$/i.test(key) ? hashIndicator(value) : []
}
