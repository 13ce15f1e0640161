/** The tag that carries the effect's id through SES: its events bring it back. */
export const EFFECT_TAG = 'effect'

/** An effect's id as the value of a tag, where SES allows letters, digits, `_` and `-` only. */
export function tagOfEffect(effectId: string): string {
  return effectId.replaceAll('.', '_')
}

/** The effect's id again: no id has `_` of its own. */
export function effectOfTag(value: string): string {
  return value.replaceAll('_', '.')
}
