import { newsSource } from './operational-news.ts'

/**
 * What GuardDuty tells of itself: whether its agents report, whether it can scan a bucket, that it could not tag an object.
 * Results of scans and findings are kinds of their own. Source: EventBridge Events Reference, "Amazon GuardDuty events".
 *
 * Traits: `healthy`, `unhealthy`; `active`, `warning`, `error`; `post-scan-action-failed`.
 */
export const GUARDDUTY_NEWS = newsSource({
  sender: 'aws.guardduty',
  source: 'guardduty',
  wrapping: 'guardduty',
  traits: {
    'GuardDuty Runtime Protection Healthy': 'healthy',
    'GuardDuty Runtime Protection Unhealthy': 'unhealthy',
    'GuardDuty Malware Protection Resource Status Active': 'active',
    'GuardDuty Malware Protection Resource Status Warning': 'warning',
    'GuardDuty Malware Protection Resource Status Error': 'error',
    'GuardDuty Malware Protection Post Scan Action Failed': 'post-scan-action-failed',
  },
})
