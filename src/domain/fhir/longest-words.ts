/** An answer, a reason, or what an operation is told in somebody’s words: our own limit, about one printed page. */
export const longestAnswerWords = 2_000

/** Any other words that somebody types into a record: our own limit, that of a suggested change. */
export const longestRecordWords = 5_000
