/**
 * Answers to PHQ-9 that were kept before the service raised flags by itself are looked at once, by `backfillSafety`. Nothing of
 * the layout changes.
 */
export const sql0020OlderAnswers = 'select 1'
