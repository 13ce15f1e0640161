import {
  type Check,
  faultIf,
  listOf,
  partOfOnly,
  referenced,
  resourceNamed,
  resourcesOf,
  type Template,
} from './template.ts'
import { deadLetterQueues, deadLettersOf, deliveries, mappings } from './wiring.ts'

/** Every queue has dead letters in a queue of the stack, or is where others' go. */
export const redriveFaults: Check = (template) => {
  const used = deadLetterQueues(template)
  return resourcesOf(template, 'AWS::SQS::Queue').flatMap((queue) => {
    const deadLetters = deadLettersOf(queue)
    if (deadLetters !== null) return faultIf(!isQueue(template, deadLetters), `${queue.id}: ${deadLetters} is no queue`)
    return faultIf(!used.has(queue.id), `${queue.id}: has no dead letters, and is nobody's`)
  })
}

/** Nothing that a rule or a topic cannot hand on is dropped, nor what fails again and again out of a stream. */
export const undeliveredFaults: Check = (template) => [
  ...deliveries(template).flatMap(({ from, deadLetters }) =>
    faultIf(!isQueue(template, deadLetters), `${from.id}: drops what it cannot hand on`),
  ),
  ...mappings(template)
    .filter(({ source }) => source.type === 'AWS::DynamoDB::Table')
    .flatMap(({ resource, failures }) =>
      faultIf(!isQueue(template, failures), `${resource.id}: drops what fails again and again`),
    ),
]

/** Of a batch only what failed comes again. */
export const partialBatchFaults: Check = (template) =>
  mappings(template).flatMap(({ resource: { id, property } }) =>
    faultIf(
      !listOf(property('FunctionResponseTypes')).includes('ReportBatchItemFailures'),
      `${id}: a failure brings its whole batch again`,
    ),
  )

/** Where something lies that should not, an alarm says so. */
export const deadLetterAlarmFaults: Check = (template) => {
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm')
  const watched = alarms
    .filter(({ property }) => property('MetricName') === 'ApproximateNumberOfMessagesVisible')
    .map(({ property }) => referenced(partOfOnly(property('Dimensions'), 'Value')))
  return [...deadLetterQueues(template)].flatMap((id) =>
    faultIf(!watched.includes(id), `${id}: no alarm says that something lies there`),
  )
}

function isQueue(template: Template, id: string | null): boolean {
  return resourceNamed(template, id)?.type === 'AWS::SQS::Queue'
}
