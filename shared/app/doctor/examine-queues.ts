import { physicalIdOf } from '../../core/readiness/deployed-stack.ts'
import { judgeAlarmTopic } from '../../core/readiness/judge-alarm-topic.ts'
import { judgeDeadLetters } from '../../core/readiness/judge-dead-letters.ts'
import { strayed, type Verdict } from '../../core/readiness/verdict.ts'
import { DEAD_LETTER_QUEUES } from '../redrive/dead-letter-queues.ts'
import type { Deployment } from './deployment.ts'

const ALARM_TOPIC = 'AlarmTopic'

/** Who hears of alarms. */
export async function examineAlarmTopic({ account, resources }: Deployment): Promise<Verdict[]> {
  const topicArn = physicalIdOf(resources, ALARM_TOPIC)
  if (topicArn === null) return [strayed('alarm topic: not in the stack')]
  return [judgeAlarmTopic(await account.inspection.topics.subscriptions(topicArn))]
}

/** What readers gave up on. */
export async function examineDeadLetters({ account, resources, stackName }: Deployment): Promise<Verdict[]> {
  return Promise.all(
    DEAD_LETTER_QUEUES.map(async ({ name, logicalId }) => {
      const queueUrl = physicalIdOf(resources, logicalId)
      if (queueUrl === null) return strayed(`dead letters of ${name}: ${logicalId} is not in the stack`)
      return judgeDeadLetters(stackName, name, await account.inspection.queues.count(queueUrl))
    }),
  )
}
