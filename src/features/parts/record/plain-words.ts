import type { MessageDescriptor } from '@lingui/core'

/**
 * What a coded word means to somebody who is not a clinician. The glossary is ours: written in plain English for this product, from
 * general knowledge, and not checked by a clinician. Pages that use it say so.
 */
export type PlainWords = Readonly<{
  /** what people call it */
  words: MessageDescriptor
  /** one short sentence more */
  means?: MessageDescriptor
}>
