import { sha256Hex } from '#server/sha256.ts'

/** One note for each person of an absence, or of people who are handed over together. */
export const coverNoteId = (absence: string, person: string): string =>
  `cover-${sha256Hex(`${absence}/${person}`).slice(0, 32)}`
