import type { Obligation } from '../../core/clocks/obligation.ts'
import { EU_GDPR_ART33_AUTHORITY } from './eu-gdpr-art33-authority.ts'

/** Every obligation that Muster knows. */
export const OBLIGATIONS: readonly Obligation[] = [EU_GDPR_ART33_AUTHORITY]
