import type { PromiseState } from '#domain/goal/promise-state.ts'
import type { AboutMeSectionName } from '#domain/plan/about-me.ts'
import type { CrisisPart } from '#domain/plan/crisis/crisis-plan.ts'
import type { WhatIfLevel } from '#domain/plan/plan.ts'
import type { OfferAnswer, OfferKind } from '#domain/support/offer.ts'

/** The parts of a written plan, in the order in which they are read. */
export type PlanPart =
  | 'answers'
  | 'about-me'
  | 'goals'
  | 'needs'
  | 'promises'
  | 'team'
  | 'what-if'
  | 'calls'
  | 'support'
  | 'comments'
  | 'other-plans'
  | 'withheld'

/**
 * Every phrase of a written plan: the same plan is written in another language with another set of these. `englishPhrases`
 * is the only table: screens and the files that the server writes use it, and `npm run words` takes it into the catalogues.
 */
export type PlanPhrases = Readonly<{
  language: string
  title: (givenName: string) => string
  parts: Readonly<Record<PlanPart, string>>
  /** what stands in a part that is empty */
  none: Readonly<Partial<Record<PlanPart, string>>>
  sections: Readonly<Record<AboutMeSectionName, string>>
  levels: Readonly<Record<WhatIfLevel, string>>
  promises: Readonly<Record<PromiseState, string>>
  born: (day: string) => string
  nhsNumber: (number: string) => string
  version: (version: string) => string
  writtenOn: (day: string) => string
  coordinator: (name: string) => string
  nextTalk: (day: string) => string
  saidYes: (name: string) => string
  saidNo: (name: string) => string
  saidInPart: (name: string) => string
  notAgreedTo: (words: string) => string
  recordedBy: (name: string) => string
  seenBy: (name: string) => string
  forPerson: string
  /** of an answer that the service carried on */
  ownSince: (name: string) => string
  callAtNight: (words: string) => string
  justInCase: string
  keptAt: (place: string) => string
  whoMay: (who: string) => string
  bestBefore: (day: string) => string
  carerIll: string
  crisis: Readonly<Record<CrisisPart, string>>
  nobodyFound: string
  careHome: (name: string) => string
  manager: (name: string) => string
  keyWorker: (name: string) => string
  toVersion: (version: string, day: string) => string
  inWordsOf: (name: string) => string
  writtenBy: (name: string, day: string) => string
  helpedBy: (name: string) => string
  whyItMatters: (words: string) => string
  steps: string
  noSteps: string
  goalReached: string
  goalStopped: string
  promisedBy: (name: string) => string
  dueOn: (day: string) => string
  doneOn: (day: string) => string
  goalSince: (day: string) => string
  /** headings inside the part about needs */
  unmet: string
  strength: string
  resolved: string
  askedOn: (day: string) => string
  saidOn: (day: string) => string
  offers: string
  /** in words that fit what was offered */
  offerAnswers: Readonly<Record<OfferKind, Readonly<Record<OfferAnswer, string>>>>
  offeredBy: (name: string, day: string) => string
  forGoal: (words: string) => string
  noAnswer: string
  endedOn: (day: string, words: string) => string
  sign: (words: string) => string
  doWhat: (words: string) => string
  call: (words: string) => string
  daytime: string
  nights: string
  emergency: string
  since: (day: string) => string
  about: (words: string) => string
  ended: string
  notEnded: string
  /** of a part that is not shared with this reader */
  notShared: string
  /** of the person’s own copy */
  ownCopy: string
  hiddenFrom: (name: string) => string
  /** of a copy with everything that its maker may see */
  copyOf: (name: string) => string
  /** on a file that was taken away: who can read it, and that it does not change any more */
  fileNotes: readonly string[]
}>

const takesUp: Readonly<Record<OfferKind, string>> = {
  education: 'Takes part',
  peer: 'Goes there',
  community: 'Goes there',
  equipment: 'Uses it',
  benefit: 'Has applied for it',
  break: 'Takes the break',
}

const stops: Readonly<Record<OfferKind, string>> = {
  education: 'Stopped going',
  peer: 'Stopped going',
  community: 'Stopped going',
  equipment: 'No longer uses it',
  benefit: 'No longer gets it',
  break: 'No longer takes it',
}

const answersTo = (kind: OfferKind): Readonly<Record<OfferAnswer, string>> => ({
  'taken-up': takesUp[kind],
  declined: 'Does not want it',
  helped: 'It helped',
  'helped-little': 'It helped a little',
  'not-helped': 'It did not help',
  stopped: stops[kind],
})

export const englishPhrases: PlanPhrases = {
  language: 'en-GB',
  title: (givenName) => `${givenName}’s plan`,
  parts: {
    answers: 'Who said yes',
    'about-me': 'About me',
    goals: 'What I want to do',
    needs: 'What worries me, and what I need',
    promises: 'What else was promised',
    team: 'Who helps me',
    'what-if': 'If things get worse',
    calls: 'Who to call',
    support: 'Help I get',
    comments: 'What was said about the plan',
    'other-plans': 'Other plans on the record',
    withheld: 'What is not in this copy',
  },
  none: {
    answers: 'Nobody has said yes or no yet.',
    'about-me': 'Nothing said yet.',
    goals: 'No goals yet.',
    needs: 'Nothing written down yet.',
    team: 'Nobody is in the team yet.',
    'what-if': 'Not written down yet.',
    support: 'No help is arranged yet.',
  },
  sections: {
    'most-important': 'What matters most to me',
    'people-important': 'People who matter to me',
    communicate: 'How to talk with me',
    wellness: 'A good day and a bad day',
    'please-do': 'Please do, and please don’t',
    support: 'How and when to help me',
    also: 'Something else about me',
  },
  levels: { green: 'Green', amber: 'Amber', red: 'Red' },
  promises: {
    done: 'Done',
    'did-not-happen': 'Did not happen',
    refused: 'Declined',
    stopped: 'Stopped',
    overdue: 'Overdue',
    today: 'Today',
    'to-come': 'To come',
    undated: 'No date yet',
  },
  born: (day) => `Born ${day}`,
  nhsNumber: (number) => `NHS number ${number}`,
  version: (version) => `Version ${version} of the plan`,
  writtenOn: (day) => `This copy was made on ${day}`,
  coordinator: (name) => `${name} looks after this plan`,
  nextTalk: (day) => `The next talk about it is on ${day}`,
  saidYes: (name) => `${name} said yes`,
  saidInPart: (name) => `${name} said yes to a part`,
  notAgreedTo: (words) => `Not agreed: ${words}`,
  recordedBy: (name) => `Recorded by ${name}`,
  seenBy: (name) => `Seen by ${name}`,
  forPerson: 'Decided for the person',
  ownSince: (name) => `${name} wrote what is new since then`,
  callAtNight: (words) => `Who to call at night: ${words}`,
  justInCase: 'Kept ready, just in case',
  keptAt: (place) => `Where it is: ${place}`,
  whoMay: (who) => `Who may use it: ${who}`,
  bestBefore: (day) => `Use by ${day}`,
  carerIll: 'If my carer is ill',
  crisis: {
    signs: 'Crisis plan: first signs',
    'signs-seen': 'Crisis plan: signs that others see',
    helps: 'Crisis plan: what helps',
    worse: 'Crisis plan: what makes it worse',
    'call-day': 'Crisis plan: who to call by day',
    'call-night': 'Crisis plan: who to call at night',
    treated: 'Crisis plan: where to be treated, and by whom',
    'medicines-helped': 'Crisis plan: medicines that helped',
    'medicines-not': 'Crisis plan: medicines that did not help',
    'at-home': 'Crisis plan: what must be looked after at home',
  },
  nobodyFound: 'Nobody is found for this yet',
  careHome: (name) => `Care home: ${name}`,
  manager: (name) => `Manager: ${name}`,
  keyWorker: (name) => `Key worker: ${name}`,
  saidNo: (name) => `${name} said “not like this”`,
  toVersion: (version, day) => `To version ${version}, on ${day}`,
  inWordsOf: (name) => `In the words of ${name}`,
  writtenBy: (name, day) => `Written by ${name}, ${day}`,
  helpedBy: (name) => `${name} helped to write this`,
  whyItMatters: (words) => `Why it matters: ${words}`,
  steps: 'Steps',
  noSteps: 'No steps yet',
  goalReached: 'Reached',
  goalStopped: 'Stopped',
  promisedBy: (name) => `${name} promised this`,
  dueOn: (day) => `By ${day}`,
  doneOn: (day) => `Done on ${day}`,
  goalSince: (day) => `A goal since ${day}`,
  unmet: 'What nobody can help with yet',
  strength: 'What I can build on',
  resolved: 'This is solved',
  askedOn: (day) => `Asked on ${day}`,
  saidOn: (day) => `Said on ${day}`,
  offers: 'Help that was offered',
  offerAnswers: {
    education: answersTo('education'),
    peer: answersTo('peer'),
    community: answersTo('community'),
    equipment: answersTo('equipment'),
    benefit: answersTo('benefit'),
    break: answersTo('break'),
  },
  offeredBy: (name, day) => `Offered by ${name} on ${day}`,
  forGoal: (words) => `For this goal: “${words}”`,
  noAnswer: 'No answer yet',
  endedOn: (day, words) => `No longer offered since ${day}: ${words}`,
  sign: (words) => `What it looks like: ${words}`,
  doWhat: (words) => `What I do: ${words}`,
  call: (words) => `Who to call: ${words}`,
  daytime: 'Daytime, Monday to Friday',
  nights: 'Nights and weekends',
  emergency: 'Emergency',
  since: (day) => `Since ${day}`,
  about: (words) => `About: ${words}`,
  ended: 'This plan has ended',
  notEnded: 'No end date recorded',
  notShared: 'This part is not shared with you.',
  ownCopy: 'Notes between professionals are not in this copy.',
  hiddenFrom: (name) => `Something is kept from ${name} for now. The care team can say more.`,
  copyOf: (name) => `This copy holds what ${name} may see. There may be more.`,
  fileNotes: [
    'Anyone who has this file can read it. It has no password: keep it safe, and give it only to people you trust.',
    'This file does not change when the plan changes. Ask for a new one from time to time.',
    'The plan is also inside this file in a form for computers. Another service can read it from there.',
  ],
}
