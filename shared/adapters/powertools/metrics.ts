import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Alarms } from '../../ports/alarms.ts'
import type { Gauges } from '../../ports/gauges.ts'
import { logger } from './logger.ts'

/** One a process: counted in memory and written as one line at the end of an invocation, without a request of its own. */
export const metrics = new Metrics({ namespace: 'Muster', serviceName: 'muster' })

/** An alarm is a count that a CloudWatch alarm watches, and a line that says of what. */
export const metricAlarms: Alarms = {
  raise: (name, detail) => {
    metrics.addMetric(name, MetricUnit.Count, 1)
    logger.warn(name, detail)
  },
}

export const metricGauges: Gauges = {
  seconds: (name, value) => void metrics.addMetric(name, MetricUnit.Seconds, value),
  count: (name, value) => void metrics.addMetric(name, MetricUnit.Count, value),
}
