/**
 * Clinical content and numbers of our own that no clinician has checked yet. What is such a thing carries `@unverified` and
 * its kind in its comment; every screen that uses it shows the mark of that kind, and a test finds those that do not.
 */
export const unverifiedKinds = [
  /** templates for common situations */
  'template',
  /** plain words for conditions, results and medicines */
  'plain-words',
  /** after how many days a review is due */
  'review-days',
  /** after how many days without contact Today asks somebody to call */
  'today-days',
  /** after how many working days the next word about a referral is overdue, and a line of the directory is old */
  'referral-days',
  /** which codes count as a difficulty for the frailty score */
  'frailty-codes',
  /** which coefficient belongs to which condition */
  'parr-30',
  /** what to ask in a call after a stay in hospital */
  'call-script',
  /** where the bands of the pyramid begin */
  'population-bands',
  /** at which number a rule suggests something from answers */
  'answer-rule',
  /** cards and prompts about conditions and medicines, and their lists of codes and substances */
  'care-card',
  /** which words of a message sound urgent */
  'urgent-words',
  /** when readings are a trend that somebody is told of */
  'trend-rules',
  /** how long the owner of an alert has to answer */
  'alert-answer-time',
  /** what makes a person count more in the weight of a caseload */
  'caseload-weight',
  /** how many months before and since something was tried are enough to compare */
  'cycle-months',
] as const
export type UnverifiedKind = (typeof unverifiedKinds)[number]
