/** What is measured each minute, for alarms and the dashboard. */
export type SecondsName = 'OldestUndispatchedSeconds' | 'OldestOverdueWakeSeconds'
export type CountName = 'Ticks'

export interface Gauges {
  seconds(name: SecondsName, value: number): void
  count(name: CountName, value: number): void
}
