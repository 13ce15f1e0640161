/**
 * A span as a countdown shows it: `1:48`, `2:05:09`, `71:58:11`, from 100 hours on `5 d 03:12:44`. Parts of a second are
 * left out, so that it never promises more time than there is. When nothing is left: `now`, or how long it is over.
 * It runs in the browser too, so it uses nothing from outside itself.
 */
export function remainingText(ms: number, past: string): string {
  if (ms <= 0 && past !== 'over') return 'now'
  const seconds = Math.floor(Math.abs(ms) / 1000)
  const two = (number: number) => String(number).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const long = hours >= 100
  const clock = long ? `${Math.floor(hours / 24)} d ${two(hours % 24)}:` : hours > 0 ? `${hours}:` : ''
  const text = `${clock}${clock === '' ? minutes : two(minutes)}:${two(seconds % 60)}`
  return ms <= 0 ? `${text} over` : text
}
