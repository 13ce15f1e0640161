import type { EventBridgeEvent } from 'aws-lambda'
import { logger } from '../../shared/adapters/powertools/logger.ts'
import { sweepRetention } from '../../shared/app/sweep-retention.ts'
import { STORE_VARIABLES, storeDependencies } from '../../shared/doors/dependencies.ts'
import { door } from '../../shared/doors/door.ts'
import { readEnvironment } from '../../shared/doors/environment.ts'

const deps = storeDependencies(readEnvironment(...STORE_VARIABLES))

/** Every hour: deletes a part of what has reached its end. What was interrupted is tried again by Lambda, twice. */
export const handler = door(async (_event: EventBridgeEvent<'Scheduled Event', unknown>) => {
  const { interrupted, ...report } = await sweepRetention(deps)
  logger.info('swept', report)
  if (report.unclear > 0) logger.warn('rows are kept that cannot be judged', { rows: report.unclear })
  if (interrupted !== null) throw interrupted
  return report
})
