/** What a person must hear of that does not depend on paging. */
export type AlarmName =
  | 'SeatExhausted'
  | 'EffectUnsettled'
  | 'HeadOversized'
  | 'WakeFailed'
  | 'DispatchFailed'
  | 'Quarantined'
  | 'ChannelRefused'
  | 'NobodyToTell'
  | 'DeadLetter'
  | 'ReplyNotUnderstood'

export interface Alarms {
  /** `detail` names incidents and ids, never contact data or confidential text. */
  raise(name: AlarmName, detail: Readonly<Record<string, string | number>>): void
}
