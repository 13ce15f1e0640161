import { Logger } from '@aws-lambda-powertools/logger'

/** One a process. Structured lines for CloudWatch Logs; the event is never logged: it holds what people wrote. */
export const logger = new Logger({ serviceName: 'muster' })
