import { newsSource } from './operational-news.ts'

/**
 * What Inspector tells of itself: a scan has ended, a resource is covered or no longer, a member could not be enabled.
 * Source: Inspector User Guide, "EventBridge event schema".
 *
 * Traits: `scan`, `coverage`, `auto-enable`.
 */
export const INSPECTOR2_NEWS = newsSource({
  sender: 'aws.inspector2',
  source: 'inspector',
  wrapping: 'inspector2',
  traits: { 'Inspector2 Scan': 'scan', 'Inspector2 Coverage': 'coverage', 'Inspector2 AutoEnable': 'auto-enable' },
})
