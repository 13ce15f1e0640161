/** What no meter here can tell; each stands in docs/cost.md beside its figure. */
export const MONTH_HOURS = 730
export const MONTH_MINUTES = MONTH_HOURS * 60

/** Lambda keeps so many long polls of 20 s open on a queue that has nothing: its documentation says five to begin with. */
export const POLLERS_PER_QUEUE = 5
export const POLL_SECONDS = 20

/** An invocation's own work at 512 MB, a third of a processor: 10 to 15 ms of CPU measured on a whole one. */
export const OWN_WORK_MS = 40
/** And for each finding of a batch. */
export const WORK_PER_FINDING_MS = 2
/** How long one request takes from within the Region; all as if one came after the other. */
export const REQUEST_MS = { table: 6, queue: 12, key: 12, mail: 100, text: 150 } as const
/** A start of a new instance is billed too: 150 ms of CPU measured on a whole processor, and Node's own start. */
export const COLD_START_MS = 700
/** Of the invocations that an incident leads to, and of those of a steady flow: ticks, findings. */
export const COLD_SHARE = { incident: 0.25, steady: 0.02 } as const

/** Lambda's own three lines, a line of metrics, and where there is one a line of the API's log. */
export const LOG_BYTES_PER_INVOCATION = 1024
/** Logs are kept for 90 days. */
export const LOG_MONTHS = 3
/** The metrics that every tick writes; those of alarms cost for the hours in which they are raised. */
export const TICK_METRICS = 3

/** Reports of what became of a text: accepted, sent, delivered. Of a mail one: delivered. */
export const REPORTS_PER_TEXT = 3

/** DynamoDB asks for its key at most every five minutes for each caller and table. */
export const TABLE_KEY_REQUESTS_PER_HOUR = 12
/** Callers and tables at work in a busy hour: six functions on one table, two of them on both. */
export const BUSY_TABLE_CALLERS = 8
/** SQS keeps a data key for an hour: twice for each sender and once for each reader of the five queues at work. */
export const QUEUE_KEY_REQUESTS_PER_HOUR = 25

export const GB = 1024 ** 3
