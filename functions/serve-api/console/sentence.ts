import type { EventOf, EventType } from '../../../shared/core/incident/events.ts'
import type { Html } from './html-parts.ts'
import type { Naming } from './naming.ts'

/** What a sentence may call things by. */
export interface Telling extends Naming {
  /** A message by the effect that sent it: `SMS to Sample Ben`. */
  message(effectId: string): string
  /** A clock by its id: its obligation and the legal entity. */
  clock(clockId: string): string
}

/** How each type of event reads, one sentence without its time; a type without one does not compile. */
export type Sentences = {
  readonly [Type in EventType]: (data: EventOf<Type>['data'], tell: Telling) => Html
}
