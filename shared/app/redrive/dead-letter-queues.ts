/** The dead-letter queues of a deployed Muster: what the command line calls them, and what the template does. */
export const DEAD_LETTER_QUEUES = [
  { name: 'findings', logicalId: 'FindingsDeadLetters' },
  { name: 'wakes', logicalId: 'WakesDeadLetters' },
  { name: 'messages', logicalId: 'MessagesDeadLetters' },
  { name: 'replies', logicalId: 'RepliesDeadLetters' },
  { name: 'undelivered-events', logicalId: 'UndeliveredEvents' },
  { name: 'dispatch-failures', logicalId: 'DispatchFailures' },
] as const

export type DeadLetterQueue = (typeof DEAD_LETTER_QUEUES)[number]
export type DeadLetterQueueName = DeadLetterQueue['name']
