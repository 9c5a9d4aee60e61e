/**
 * What a coded word means to somebody who is not a clinician. The glossary is ours: written in plain English for this
 * product, from general knowledge, and not checked by a clinician. Pages that use it say so. A code that is not listed
 * has no plain word: nothing is guessed.
 * @unverified plain-words
 */
export type PlainWord = Readonly<{
  /** what people call it */
  words: string
  /** one short sentence more */
  means: string
}>

/** A code in its system, as a record has it. */
export type Coded = Readonly<{ system?: string; code?: string }>
