import type {
  BuiltInMeasure,
  MeasureDirection,
  MeasureUnit,
  MeasureWords,
} from './measure-definition.ts'

type BuiltIn = MeasureWords & Readonly<{ unit: MeasureUnit; direction: MeasureDirection }>

const optOut = 'people who said no to the use of their data for planning'
const everybody = `Of people with a case in the month. Left out: ${optOut}.`

/** Who is in hospital is not at home, though nobody knows until when; a line of activity without an end may have lost it. */
const openStays =
  'A stay in the record that is still going on counts its nights until its end is written down. A stay that is over, or of which only a line of activity tells, counts no nights without an end.'

/** Their words. What is counted is tested against these sentences (`src/server/outcome`). */
export const builtInMeasures: Readonly<Record<BuiltInMeasure, BuiltIn>> = {
  'goals-reached': {
    title: 'People reach the goals they set',
    question: 'Do people get where they wanted to get, in their own view?',
    numerator: 'Goals where the person’s last own answer in the month is “as hoped” or better',
    denominator: 'Goals that the person scored in the month',
    exclusions: `Scores given by somebody else. ${everybody}`,
    source: 'The person’s own answers on the scale from −2 to +2 (goal attainment scaling)',
    ...{ unit: 'percent', direction: 'increase' },
  },
  'promises-kept': {
    title: 'Promises are kept',
    question: 'Do we do what we said we would do?',
    numerator: 'Promises marked as done, and not denied by the person',
    denominator: 'Promises by others to the person that were due in the month',
    exclusions: `Promises that were stopped or taken back, and the person’s own. ${everybody}`,
    source: 'The promises in the plan, and what the person said about each',
    ...{ unit: 'percent', direction: 'increase' },
  },
  'plan-reviewed': {
    title: 'Plans are agreed, shared and kept up to date',
    question: 'Does everybody have a plan that they said yes to, and that we looked at this year?',
    numerator:
      'People who said yes to their plan, and who did so, or with whom it was reviewed, in the twelve months before the month ended. Who said yes was shown it: that is what “shared” means here',
    denominator: 'People with a running case on the last day of the month',
    exclusions: `Cases that began in the last 30 days of the month: a plan takes time. ${everybody}`,
    source: 'The answers to each version of the plan, and its reviews',
    ...{ unit: 'percent', direction: 'increase' },
  },
  'contacted-48h': {
    title: 'Somebody calls within 48 hours of leaving hospital',
    question: 'Did we speak with people in the first two days at home?',
    numerator: 'Stays followed by a call or visit that reached the person within 48 hours',
    denominator: 'Stays in hospital that ended in the month, with the person alive',
    exclusions: `Who died in hospital, and who was back in hospital within 48 hours without a call. ${everybody}`,
    source: 'Stays and contacts in the record',
    ...{ unit: 'percent', direction: 'increase' },
  },
  involved: {
    title: 'People were part of the talk',
    question: 'After a conversation: did we talk about what matters to you?',
    numerator: 'Answers “yes” to “Did we talk about what matters to you?”',
    denominator: 'Answers to that question in the month',
    exclusions: `Conversations after which nobody answered. ${everybody}`,
    source: 'The two questions after each conversation',
    ...{ unit: 'percent', direction: 'increase' },
  },
  wellbeing: {
    title: 'Life is going well',
    question: 'How satisfied are you with your life nowadays?',
    numerator: 'Answers of 7 or more out of 10',
    denominator: 'People who answered in the month, each by their last answer',
    exclusions: `Who was not asked in twelve months is counted beside it. ${everybody}`,
    source:
      'ONS4, first question; the Office for National Statistics calls 7 and 8 high, 9 and 10 very high',
    ...{ unit: 'percent', direction: 'increase' },
  },
  'carer-strain': {
    title: 'Carers are worn out',
    question: 'How much do carers carry?',
    numerator: 'The sum of the scores, each from 0 (no strain) to 26',
    denominator:
      'Carers with a case of their own who answered in the month, each by their last score',
    exclusions: `Carers without a case of their own. ${everybody}`,
    source:
      'Modified Caregiver Strain Index (Thornton and Travis, 2003); no limit was published from which strain is high, so the mean is shown',
    ...{ unit: 'points', direction: 'decrease' },
  },
  'activation-change': {
    title: 'People find it easier to look after themselves',
    question: 'Has the person’s own confidence changed since they first said?',
    numerator: 'The sum of the changes since each person’s first score, in points',
    denominator: 'People with a score in the month and one before it',
    exclusions: `Who has one score only. ${everybody}`,
    source: 'Activation scores, as they were sent or answered here',
    ...{ unit: 'points', direction: 'increase' },
  },
  'emergency-admissions': {
    title: 'Fewer emergencies end in hospital',
    question: 'How often do people have to go into hospital unplanned?',
    numerator: 'Emergency stays in hospital that began in the month',
    denominator: 'People with a case in the month',
    exclusions: `Planned stays, and stays that were cancelled. ${everybody}`,
    source:
      'Stays in the record, and lines of activity that others sent; a stay known twice counts once',
    ...{ unit: 'per-1000', direction: 'decrease' },
  },
  'readmissions-30': {
    title: 'Fewer come back to hospital within 30 days',
    question: 'How many have to go back soon after they came home?',
    numerator: 'Of these, stays followed by an emergency stay that began 0 to 29 days after',
    denominator: 'Stays in hospital that ended in the month',
    exclusions: `Who died in hospital; stays for cancer or childbirth. A raw number: never compare places on it. ${everybody}`,
    source: 'Stays as above; after the NHS indicator of emergency readmissions within 30 days',
    ...{ unit: 'per-100', direction: 'decrease' },
  },
  'avoidable-admissions': {
    title: 'Fewer stays that care outside could have spared',
    question: 'How often was hospital needed for what could have been treated at home?',
    numerator:
      'Emergency stays that began in the month, for one of the conditions of the list (angina, asthma, heart failure, COPD, diabetes, cellulitis, dehydration and others)',
    denominator: 'People with a case in the month',
    exclusions: `Stays without a diagnosis code (ICD-10): lines of activity have none. ${everybody}`,
    source:
      'Ambulatory care sensitive conditions, list of the NHS Strategy Unit; the first diagnosis of the line alone, without its exceptions for operations',
    ...{ unit: 'per-1000', direction: 'decrease' },
  },
  'bed-days': {
    title: 'Nights in hospital',
    question: 'How many nights do people spend in hospital after an emergency?',
    numerator: 'Nights of the month spent in hospital on emergency stays',
    denominator: 'People with a case in the month',
    exclusions: `Planned stays. ${openStays} ${everybody}`,
    source: 'Stays as above',
    ...{ unit: 'days', direction: 'decrease' },
  },
  'days-at-home': {
    title: 'Days at home',
    question: 'How much of the month were people where they live?',
    numerator: 'Days of the month on which the person was alive and not in hospital at night',
    denominator: 'Days of the month on which people with a case were alive',
    exclusions: `A care home that a person lives in is home. ${openStays} ${everybody}`,
    source: 'Stays as above, and the day of death',
    ...{ unit: 'percent', direction: 'increase' },
  },
}

/** Of how they are counted: another one, and all months are counted again. */
export const builtInVersion = '1'

export const isBuiltIn = (name: string): name is BuiltInMeasure =>
  Object.hasOwn(builtInMeasures, name)
