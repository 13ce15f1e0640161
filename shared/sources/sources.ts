import { ACCESS_ANALYZER } from './access-analyzer.ts'
import { ACCESS_PREVIEW } from './access-preview.ts'
import { ASFF } from './asff.ts'
import { CLOUDTRAIL } from './cloudtrail.ts'
import { CLOUDWATCH_ALARM } from './cloudwatch-alarm.ts'
import { CONFIG_COMPLIANCE } from './config-compliance.ts'
import { GUARDDUTY } from './guardduty.ts'
import { GUARDDUTY_MALWARE } from './guardduty-malware.ts'
import { GUARDDUTY_NEWS } from './guardduty-news.ts'
import { HEALTH_EVENT } from './health-event.ts'
import { INSPECTOR2 } from './inspector2.ts'
import { INSPECTOR2_NEWS } from './inspector2-news.ts'
import { MACIE } from './macie.ts'
import { MUSTER_FINDING } from './muster-finding.ts'
import { OCSF } from './ocsf.ts'
import { SECURITY_IR } from './security-ir.ts'
import { SECURITY_HUB_INSIGHT } from './securityhub-insight.ts'
import { SNS_SUBSCRIPTION } from './sns-subscription.ts'
import type { Source } from './source.ts'
import { TRUSTED_ADVISOR } from './trusted-advisor.ts'

/** Every kind that Muster understands, in the order in which an object without an envelope is tried. */
export const SOURCES: readonly Source[] = [
  ASFF,
  GUARDDUTY,
  OCSF,
  GUARDDUTY_MALWARE,
  GUARDDUTY_NEWS,
  SECURITY_HUB_INSIGHT,
  CLOUDWATCH_ALARM,
  CONFIG_COMPLIANCE,
  HEALTH_EVENT,
  TRUSTED_ADVISOR,
  SECURITY_IR,
  MACIE,
  INSPECTOR2,
  INSPECTOR2_NEWS,
  ACCESS_ANALYZER,
  ACCESS_PREVIEW,
  CLOUDTRAIL,
  SNS_SUBSCRIPTION,
  MUSTER_FINDING,
]
