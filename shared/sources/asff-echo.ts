import type { FindingState } from '../core/findings/finding.ts'
import type { Instant } from '../core/time/instant.ts'
import { readInstant } from './read-instant.ts'
import { exactPart, optionalInstant, optionalText } from './tolerant-schema.ts'

const word = optionalText(256)

/** What Muster leaves on a finding when it updates it. */
export const asffMarks = {
  Note: exactPart({ UpdatedBy: word, UpdatedAt: optionalInstant }),
  UserDefinedFields: exactPart({ musterIncidentId: word }),
}

/**
 * The same marks where OCSF is made of ASFF, as in Security Lake: what has no place of its own stands in `unmapped`, each by
 * its path. Of an update by `BatchUpdateFindingsV2` only a comment is left, which says neither who wrote it nor when.
 * Source: OCSF's example mapping of Security Hub findings.
 */
export function ocsfMarks(unmapped: Readonly<Record<string, unknown>>): Marked {
  return {
    Note: { UpdatedBy: textIn(unmapped['Note.UpdatedBy']), UpdatedAt: readInstant(unmapped['Note.UpdatedAt']) },
    UserDefinedFields: { musterIncidentId: textIn(unmapped['UserDefinedFields.musterIncidentId']) },
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 256) : undefined
}

interface Marked {
  readonly Note: { readonly UpdatedBy?: string | undefined; readonly UpdatedAt?: Instant | undefined }
  readonly UserDefinedFields: { readonly musterIncidentId?: string | undefined }
}

/**
 * Security Hub sends an event for every update, also Muster's own. `BatchUpdateFindings` leaves `UpdatedAt` alone, and
 * what it wrote stays on the finding when the provider changes it later.
 *
 * - `own-update`: the last change is Muster's note itself. No news.
 * - `own-mark`: Muster has been here. No news unless the provider's instant is later than every known one.
 *
 * Muster only ever sets NEW, NOTIFIED and RESOLVED: any other state is somebody's news.
 */
export function echoTraits({ Note: note, UserDefinedFields: own }: Marked, updatedAt: Instant, state: FindingState) {
  if (!['active', 'notified', 'resolved'].includes(state)) return []
  const noted = /^muster/i.test(note.UpdatedBy ?? '') ? note.UpdatedAt : undefined
  if (noted === updatedAt) return ['own-update']
  return own.musterIncidentId !== undefined || (noted !== undefined && noted > updatedAt) ? ['own-mark'] : []
}
