import type * as z from 'zod/mini'
import { guardDutyFieldIndicators } from './asff-indicators.ts'
import {
  accessKeyIndicator,
  domainIndicator,
  hashIndicator,
  ipIndicator,
  malwareIndicator,
  tidyIndicators,
} from './indicators.ts'
import { ocsfActor } from './ocsf-resources.ts'
import { exactPart, list, optionalCount, optionalText } from './tolerant-schema.ts'

const word = optionalText(256)
const endpoint = exactPart({ ip: word, hostname: word, domain: word })
const file = exactPart({ hashes: list(exactPart({ value: word }), 20) })

/** `evidences`: what was seen. */
export const ocsfEvidences = list(
  exactPart({
    actor: ocsfActor,
    src_endpoint: endpoint,
    dst_endpoint: endpoint,
    query: exactPart({ hostname: word }),
    file,
    process: exactPart({ file }),
  }),
  100,
)
/** `observables`: anything worth looking for, by a number for its kind. */
export const ocsfObservables = list(exactPart({ type_id: optionalCount, value: word }), 100)
/** `malware`: what scanners found. */
export const ocsfMalware = list(exactPart({ name: word, files: list(file, 20) }), 20)

interface Traces {
  readonly evidences: z.output<typeof ocsfEvidences>
  readonly observables: z.output<typeof ocsfObservables>
  readonly malware: z.output<typeof ocsfMalware>
  /** Security Lake's flattened `ProductFields`. */
  readonly productFields: Readonly<Record<string, unknown>>
  /** Of resources and sessions. */
  readonly ids: readonly (string | undefined)[]
}

export function ocsfIndicators({ evidences, observables, malware, productFields, ids }: Traces): string[] {
  const endpoints = evidences.flatMap(({ src_endpoint: from, dst_endpoint: to }) => [from, to])
  const names = [...endpoints.flatMap(({ hostname, domain }) => [hostname, domain]), ...evidences.map(queried)]
  const files = [...evidences.flatMap((one) => [one.file, one.process.file]), ...malware.flatMap((one) => one.files)]
  return tidyIndicators([
    ...endpoints.flatMap(({ ip }) => ipIndicator(ip)),
    ...names.flatMap(domainIndicator),
    ...guardDutyFieldIndicators(productFields),
    ...files.flatMap(({ hashes }) => hashes.flatMap(({ value }) => hashIndicator(value))),
    ...ids.flatMap(accessKeyIndicator),
    ...observables.flatMap(ofObservable),
    ...malware.flatMap(({ name }) => malwareIndicator(name)),
  ])
}

function queried({ query }: z.output<typeof ocsfEvidences>[number]): string | undefined {
  return query.hostname
}

/** Only kinds that are what they say: names and resources' ids are left out. */
function ofObservable({ type_id: kind, value }: z.output<typeof ocsfObservables>[number]): string[] {
  if (kind === 1) return domainIndicator(value)
  if (kind === 2) return ipIndicator(value)
  return kind === 8 ? hashIndicator(value) : []
}
