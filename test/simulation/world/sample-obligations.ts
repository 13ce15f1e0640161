import { EU_GDPR_ART33_AUTHORITY } from '../../../shared/content/obligations/eu-gdpr-art33-authority.ts'
import type { Obligation } from '../../../shared/core/clocks/obligation.ts'

/** Short enough that all of its warnings fall due while a seed plays. */
const WITHIN_AN_HOUR: Obligation = {
  ...EU_GDPR_ART33_AUTHORITY,
  id: 'sample-contract-hour',
  name: 'Sample: a contract that asks for word within the hour',
  citation: 'Made up for the simulation',
  stages: [
    {
      id: 'word',
      what: 'Send word.',
      anchor: 'awareness',
      deadline: { amount: 1, unit: 'hours', hourExcluded: false },
    },
  ],
}

export const SAMPLE_OBLIGATIONS: readonly Obligation[] = [EU_GDPR_ART33_AUTHORITY, WITHIN_AN_HOUR]
