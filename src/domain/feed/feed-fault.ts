/** Why a line of a feed is refused; `value` is the text that is wrong, never a number of a person. */
export type FeedFault = Readonly<{ code: keyof typeof sentences; value?: string }>

/** More for one line is a slip: a stay in intensive care for a year costs less. Our own limit, in whole units. */
export const mostCost = 2_000_000

const sentences = {
  broken: () => 'A quotation mark is not closed, or there is text after a closing one',
  'too-many-cells': (value) =>
    `“${value}” is beyond the last heading: the cells of this row may have moved`,
  'no-line': () => 'It has no number of its own, so a later correction could not replace it',
  'no-person': () => 'It does not say whose it is',
  'nhs-number-wrong': () => 'The NHS number does not pass its check: a digit is wrong',
  shortened: (value) => `“${value}” was shortened by a spreadsheet: its last digits are missing`,
  'no-value': (value) => `“${value}” is what a spreadsheet writes for a wrong value`,
  'no-date': () => 'It does not say when it was',
  'date-unread': (value) => `“${value}” cannot be read as a date`,
  'date-impossible': (value) => `“${value}” is no possible day, or it is in the future`,
  'date-two-ways': (value) =>
    `“${value}” could be two dates, because this file has dates with the month first`,
  'end-before-start': () => 'It ends before it begins',
  'received-before-start': () => 'It was received before it began',
  'cost-unread': (value) => `“${value}” cannot be read as a cost`,
  'cost-negative': (value) =>
    `The cost is below zero (${value}). Send a correction of the line, or take the line back`,
  'cost-absurd': (value) =>
    `The cost ${value} is more than ${mostCost.toLocaleString('en-GB')} for one line`,
  'currency-missing': () => 'It has a cost without a currency: write GBP, USD or EUR',
  'currency-unknown': (value) => `The currency “${value}” is not GBP, USD or EUR`,
  'currency-differs': (value) => `The cost is written as ${value}, in a line of another currency`,
  'status-unknown': (value) => `“${value}” does not say whether the line counts or is taken back`,
  nobody: () => 'Nobody here has this number',
  several: () =>
    'More than one record here has this number: decide under “Possible duplicates” first',
  moves: () =>
    'This line is here as that of another person. If that was wrong, take it back there first, then send it anew',
  'birth-date-needed': () =>
    'It has a number without a system, so we also need the birth date, in the line and in the record',
  'other-birth-date': () =>
    'Whoever has this number here was born on another day: it may be somebody else',
} as const satisfies Record<string, (value: string) => string>

/** For the one who imported it, as a sentence without its full stop. */
export const feedFaultText = ({ code, value = '' }: FeedFault): string => sentences[code](value)
