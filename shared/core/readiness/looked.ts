/** What came of looking at something that is deployed. */
export type Looked<T> =
  | { readonly status: 'seen'; readonly fact: T }
  /** The permission that is missing, e.g. `events:DescribeRule`. */
  | { readonly status: 'not-allowed'; readonly action: string }
  /** Why there was no answer: the name of the error, or Muster's own words. */
  | { readonly status: 'unseen'; readonly why: string }
