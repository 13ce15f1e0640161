const CLEARED_LINE = '\r\u001b[2K'

/** One line that is written over, for a terminal; nothing where the output goes into a file or a pipe. */
export function showProgress(stream: { readonly isTTY?: boolean; write(text: string): unknown }) {
  return (what: string | null): void => {
    if (stream.isTTY === true) stream.write(CLEARED_LINE + (what ?? ''))
  }
}
