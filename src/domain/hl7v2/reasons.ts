/** Why a message is on hold. The first group is about the message alone, the second about what is here. */
export const reasons = [
  'not-taken',
  'incomplete',
  'time-unread',
  'no-visit',
  'class-unknown',
  'no-nhs-number',
  'two-nhs-numbers',
  'nhs-number-wrong',
  'not-here',
  'several-people',
  'not-the-same',
  'nothing-to-compare',
  'visit-of-another',
  'id-used-before',
] as const
export type Reason = (typeof reasons)[number]

export type Fault = Exclude<
  Reason,
  | 'not-here'
  | 'several-people'
  | 'not-the-same'
  | 'nothing-to-compare'
  | 'visit-of-another'
  | 'id-used-before'
>

/** What the sender is told: text for a log, and the code of HL7 table 0357. It names nothing that is stored here. */
export const toSender: Readonly<Record<Reason, Readonly<{ code: string; words: string }>>> = {
  'not-taken': {
    code: '200',
    words: 'Only ADT messages A01, A02, A03, A04, A08, A11 and A13 are processed',
  },
  incomplete: { code: '100', words: 'The message needs a PID and a PV1 segment' },
  'time-unread': { code: '102', words: 'A time in EVN or PV1 is missing or cannot be read' },
  'no-visit': { code: '101', words: 'PV1-19 has no visit number' },
  'class-unknown': { code: '103', words: 'PV1-2 must be one of E, I, B, O, R, P' },
  'no-nhs-number': { code: '101', words: 'PID-3 has no NHS number' },
  'two-nhs-numbers': { code: '103', words: 'PID-3 has two different NHS numbers' },
  'nhs-number-wrong': { code: '103', words: 'The check digit of the NHS number is wrong' },
  'not-here': {
    code: '204',
    words:
      'Nobody here has this NHS number. The message is kept and processed when the person is registered here',
  },
  'several-people': { code: '205', words: 'More than one record has this NHS number' },
  'not-the-same': {
    code: '204',
    words: 'The date of birth or family name does not match the person with this NHS number',
  },
  'nothing-to-compare': {
    code: '101',
    words: 'PID-5 or PID-7 is needed to check whose visit this is',
  },
  'visit-of-another': { code: '205', words: 'This visit number belongs to another person' },
  'id-used-before': {
    code: '205',
    words: 'A different message with this message id came earlier',
  },
}
