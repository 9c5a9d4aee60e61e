import { type Agreement, isForPerson, isInPart } from '#domain/agreement/agreement.ts'
import { firstNumberIn } from '#domain/contact/numbers-in.ts'
import type { Action, Goal } from '#domain/goal/goal.ts'
import { openPromises, promiseState } from '#domain/goal/promise-state.ts'
import type { CareHome } from '#domain/home/care-home.ts'
import { aboutMeSections } from '#domain/plan/about-me.ts'
import { crisisLines } from '#domain/plan/crisis/crisis-plan.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { callBeside } from '#domain/plan/house/what-to-do.ts'
import {
  type HouseRoom,
  type Need,
  type PlanRecord,
  type WhatIf,
  type Who,
  whatIfLevels,
} from '#domain/plan/plan.ts'
import { recordTextStanding } from '#domain/plan/record-text.ts'
import type { PlanPart, PlanPhrases } from './plan-phrases.ts'
import type { ReadingContext as Context, ReadingFacts, ReadingItem } from './reading-context.ts'
import { supportIn } from './support-in.ts'

export type ReadingPart = Readonly<{
  part: PlanPart
  title: string
  items: readonly ReadingItem[]
  /** what to say if there are no items */
  none: string
}>

/** A whole plan, in the order in which it is read: paper, plain text, the file to take away and the FHIR document show this. */
export type PlanReading = Readonly<{
  title: string
  language: string
  /** name, day of birth, number, version and the day of this copy */
  facts: readonly string[]
  parts: readonly ReadingPart[]
}>

/** Parts that are left out when they are empty: nobody expects them. */
const optional: readonly PlanPart[] = ['promises', 'comments', 'other-plans', 'withheld']

const roomOf: Readonly<Partial<Record<PlanPart, HouseRoom>>> = {
  ...{ answers: 'roof', 'about-me': 'me', goals: 'conversation', needs: 'conversation' },
  ...{ promises: 'conversation', comments: 'conversation', team: 'team', 'what-if': 'roof' },
  ...{ support: 'support', 'other-plans': 'roof' },
}

export function planReading(house: HouseRecord, facts: ReadingFacts): PlanReading {
  const context = { ...facts, house }
  const { phrases } = facts
  const items: Readonly<Record<PlanPart, readonly ReadingItem[]>> = {
    answers: answersIn(context),
    'about-me': aboutMeIn(context),
    goals: goalsIn(context),
    needs: needsIn(context),
    promises: otherPromisesIn(context),
    team: teamIn(context),
    'what-if': whatIfIn(context),
    calls: callsIn(context),
    support: supportIn(context),
    comments: commentsIn(context),
    'other-plans': otherPlansIn(context),
    withheld: (facts.withheld ?? []).map((words) => ({ words, notes: [] })),
  }
  const isHidden = (part: PlanPart) => facts.hidden?.some((room) => room === roomOf[part]) ?? false
  const parts = (Object.keys(items) as PlanPart[])
    .filter((part) => items[part].length > 0 || !optional.includes(part))
    .map((part) => ({
      ...{ part, title: phrases.parts[part], items: items[part] },
      none: isHidden(part) ? phrases.notShared : (phrases.none[part] ?? ''),
    }))
  return {
    title: phrases.title(house.givenName),
    language: phrases.language,
    facts: factsOf(context),
    parts,
  }
}

function factsOf({ house, phrases, sayDay, today, born, nhsNumber }: Context): readonly string[] {
  const { plan, caseOfPlan } = house
  return [
    house.name,
    born && phrases.born(sayDay(born)),
    nhsNumber && phrases.nhsNumber(nhsNumber.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')),
    plan?.version && phrases.version(plan.version),
    caseOfPlan?.coordinator?.name && phrases.coordinator(caseOfPlan.coordinator.name),
    plan?.reviewOn && phrases.nextTalk(sayDay(plan.reviewOn)),
    phrases.writtenOn(sayDay(today)),
  ].filter((each): each is string => Boolean(each))
}

const isOwn = (by: Who | undefined) => by?.voice === 'person'

/** Answers, the latest first. */
function answersIn({ house, phrases, sayDay }: Context): readonly ReadingItem[] {
  const latestFirst = (one: Agreement, other: Agreement) =>
    other.order[0] - one.order[0] || other.at.localeCompare(one.at)
  return house.agreements.toSorted(latestFirst).map((answer) => ({
    label: answerLabel(answer, phrases),
    ...{ words: answer.words, own: isOwn(answer.by), record: `Provenance/${answer.id}` },
    notes: [
      phrases.toVersion(answer.version, sayDay(answer.at)),
      ...(answer.notAgreed ?? []).map(({ record, words }) =>
        phrases.notAgreedTo(
          [recordTextStanding(house, record, sayDay), words].filter(Boolean).join(': '),
        ),
      ),
      ...howNotes(answer, phrases),
    ],
  }))
}

function answerLabel(answer: Agreement, phrases: PlanPhrases): string {
  const { name } = answer.by
  if (isInPart(answer)) return phrases.saidInPart(name)
  return answer.yes ? phrases.saidYes(name) : phrases.saidNo(name)
}

/** An answer that was not given by somebody's own sign-in says who recorded and who saw it. */
function howNotes(answer: Agreement, phrases: PlanPhrases): readonly string[] {
  const { recordedBy, witness } = answer.how ?? {}
  return [
    ...(isForPerson(answer) ? [phrases.forPerson] : []),
    ...(answer.how?.way === 'own-words' ? [phrases.ownSince(answer.by.name)] : []),
    ...(witness ? [phrases.seenBy(witness.name)] : []),
    ...(recordedBy ? [phrases.recordedBy(recordedBy.name)] : []),
  ]
}

function aboutMeIn(context: Context): readonly ReadingItem[] {
  const { house, phrases } = context
  return aboutMeSections.flatMap((section) =>
    house.aboutMe
      .filter((each) => each.section === section && each.words.trim() !== '')
      .map((each) => ({
        label: phrases.sections[section],
        ...{ words: each.words, own: isOwn(each.saidBy), record: `Observation/${each.id}` },
        notes: [...saidBy(each.saidBy, each.supportedBy, context), ...writer(each, context)],
      })),
  )
}

const saidBy = (by: Who | undefined, helper: Who | undefined, { phrases }: Context) => [
  ...(by?.name ? [phrases.inWordsOf(by.name)] : []),
  ...(helper?.name ? [phrases.helpedBy(helper.name)] : []),
]

const writer = ({ written }: PlanRecord, { phrases, sayDay }: Context) =>
  written?.by.name ? [phrases.writtenBy(written.by.name, sayDay(written.at))] : []

const goalRank = ({ state }: Goal) => (state === 'active' || state === 'proposed' ? 0 : 1)

/** Open goals first, then those that were reached or stopped. */
function goalsIn(context: Context): readonly ReadingItem[] {
  const { house, phrases } = context
  return house.goals
    .toSorted((one, other) => goalRank(one) - goalRank(other))
    .map((goal) => ({
      ...{ words: goal.words, own: isOwn(goal.expressedBy), record: `Goal/${goal.id}` },
      notes: [
        ...(goal.state === 'reached' ? [phrases.goalReached] : []),
        ...(goal.state === 'stopped' ? [phrases.goalStopped] : []),
        ...(goal.why ? [phrases.whyItMatters(goal.why)] : []),
        ...(goal.since ? [phrases.goalSince(context.sayDay(goal.since))] : []),
        ...saidBy(goal.expressedBy, goal.supportedBy, context),
        ...writer(goal, context),
      ],
      steps: house.actions
        .filter((action) => action.goal === goal.id)
        .map((action) => promiseOf(action, context)),
    }))
}

function promiseOf(action: Action, { phrases, sayDay, today }: Context): ReadingItem {
  const { what, note, owner, dueOn, doneOn, answer } = action
  return {
    ...{ words: what, record: `Task/${action.id}` },
    notes: [
      phrases.promises[promiseState(action, today)],
      ...(owner?.name ? [phrases.promisedBy(owner.name)] : []),
      ...(doneOn ? [phrases.doneOn(sayDay(doneOn))] : dueOn ? [phrases.dueOn(sayDay(dueOn))] : []),
      ...(note ? [note] : []),
      ...(answer?.words ? [`${answer.by.name}: “${answer.words}”`] : []),
    ],
  }
}

/** What is needed, then under their own headings what nobody can meet, what the person can build on, and what is over. */
function needsIn(context: Context): readonly ReadingItem[] {
  const { house, phrases } = context
  const open = house.needs.filter(({ resolved }) => !resolved)
  const isStrength = ({ kind }: Need) => kind === 'strength'
  const underHeading = (needs: readonly Need[], label?: string) =>
    needs.map((need, place) => needOf(need, context, place === 0 ? label : undefined))
  return [
    ...underHeading(open.filter((need) => !need.unmet && !isStrength(need))),
    ...underHeading(
      open.filter((need) => need.unmet && !isStrength(need)),
      phrases.unmet,
    ),
    ...underHeading(open.filter(isStrength), phrases.strength),
    ...underHeading(
      house.needs.filter(({ resolved }) => resolved),
      phrases.resolved,
    ),
  ]
}

function needOf(need: Need, context: Context, label: string | undefined): ReadingItem {
  const { phrases, sayDay } = context
  const { askedOn, kind, saidBy: by } = need
  const onDay = kind === 'strength' ? phrases.saidOn : phrases.askedOn
  return {
    ...(label ? { label } : {}),
    ...{ words: need.words, record: `Condition/${need.id}` },
    notes: [
      ...(askedOn ? [onDay(sayDay(askedOn))] : []),
      ...saidBy(by, undefined, context),
      ...writer(need, context),
    ],
  }
}

/** Promises that belong to no goal: the open ones in their order, then what is done. */
function otherPromisesIn(context: Context): readonly ReadingItem[] {
  const { house, today } = context
  const goals = new Set(house.goals.map(({ id }) => id))
  const loose = house.actions.filter(({ goal }) => !goal || !goals.has(goal))
  const open = openPromises(loose, today)
  return [...open, ...loose.filter((each) => !open.includes(each))].map((each) =>
    promiseOf(each, context),
  )
}

const teamIn = ({ house }: Context): readonly ReadingItem[] =>
  house.team.map(({ who, role, phone }) => ({
    ...{ words: who.name || role, record: who.reference },
    notes: [role, phone].filter((each) => each !== '' && each !== (who.name || role)),
  }))

function whatIfIn(context: Context): readonly ReadingItem[] {
  const { whatIf } = context.house
  if (!whatIf) return []
  return [
    ...levelsIn(whatIf, context),
    ...situationsIn(whatIf, context),
    ...readyIn(whatIf, context),
    ...carerIllIn(whatIf, context),
    ...crisisIn(context),
  ]
}

function levelsIn(whatIf: WhatIf, { phrases }: Context): readonly ReadingItem[] {
  return whatIfLevels
    .map((level) => ({ level, ...whatIf[level] }))
    .filter(({ sign, doWhat, ring }) => [sign, doWhat, ring].some((each) => each.trim() !== ''))
    .map(({ level, sign, doWhat, ring, ringAtNight }) => ({
      ...{ label: phrases.levels[level], words: sign, level, record: `CarePlan/${whatIf.id}` },
      notes: [
        ...(doWhat ? [phrases.doWhat(doWhat)] : []),
        ...(callBeside({ doWhat, ring }) ? [phrases.call(ring)] : []),
        ...(ringAtNight ? [phrases.callAtNight(ringAtNight)] : []),
      ],
    }))
}

const situationsIn = (whatIf: WhatIf, { phrases }: Context): readonly ReadingItem[] =>
  (whatIf.situations ?? []).map(({ level, words }) => ({
    ...{ label: phrases.levels[level], words, level, record: `CarePlan/${whatIf.id}` },
    notes: [],
  }))

const readyIn = (whatIf: WhatIf, { phrases, sayDay }: Context): readonly ReadingItem[] =>
  (whatIf.justInCase ?? []).map(({ what, where, whoMay, until }, place) => ({
    ...(place === 0 ? { label: phrases.justInCase } : {}),
    ...{ words: what, record: `CarePlan/${whatIf.id}` },
    notes: [
      ...(where ? [phrases.keptAt(where)] : []),
      ...(whoMay ? [phrases.whoMay(whoMay)] : []),
      ...(until ? [phrases.bestBefore(sayDay(until))] : []),
    ],
  }))

const carerIllIn = (whatIf: WhatIf, { phrases }: Context): readonly ReadingItem[] =>
  (whatIf.carerIll ?? []).map(({ what, who, phone }, place) => ({
    ...(place === 0 ? { label: phrases.carerIll } : {}),
    ...{ words: what, record: `CarePlan/${whatIf.id}` },
    notes: [who?.name || phrases.nobodyFound, phone].filter(Boolean),
  }))

function crisisIn({ house: { crisis }, phrases }: Context): readonly ReadingItem[] {
  if (!crisis) return []
  return crisisLines(crisis).map(({ part, words, said }) => ({
    ...{ label: phrases.crisis[part], words, record: `CarePlan/${crisis.id}` },
    notes: said ? [phrases.inWordsOf(said.by.name)] : [],
  }))
}

/** Somebody who lives in a care home calls there first. */
function homeIn(home: CareHome | undefined, phrases: PlanPhrases): readonly ReadingItem[] {
  if (!home) return []
  const { name, phone, nightPhone, manager, keyWorker } = home
  const notes = [
    ...(nightPhone ? [phrases.callAtNight(nightPhone)] : []),
    ...(manager ? [phrases.manager(manager)] : []),
    ...(keyWorker ? [phrases.keyWorker(keyWorker)] : []),
  ]
  return [{ words: [phrases.careHome(name), phone].filter(Boolean).join(': '), notes }]
}

/** The coordinator's number, then the numbers that always answer. */
function callsIn({ house, phrases }: Context): readonly ReadingItem[] {
  const coordinator = house.caseOfPlan?.coordinator
  const member = house.team.find((each) => each.who.reference === coordinator?.reference)
  const phone = member?.phone || firstNumberIn(house.whatIf?.amber.ring ?? '')
  const line = (words: string, number: string, note: string) => ({
    ...{ words: `${words}: ${number}`, notes: note ? [note] : [] },
  })
  return [
    ...homeIn(house.home, phrases),
    ...(coordinator && phone ? [line(coordinator.name, phone, phrases.daytime)] : []),
    line(phrases.nights, '111', ''),
    line(phrases.emergency, '999', house.whatIf?.red.sign ?? ''),
  ]
}

function commentsIn(context: Context): readonly ReadingItem[] {
  const { house, phrases, sayDay } = context
  return house.comments
    .toSorted((one, other) => one.written.at.localeCompare(other.written.at))
    .map(({ id, about, text, written }) => {
      const subject = recordTextStanding(house, about, sayDay)
      return {
        ...{ words: text, own: isOwn(written.by), record: `Communication/${id}` },
        notes: [
          phrases.writtenBy(written.by.name, sayDay(written.at)),
          ...(subject ? [phrases.about(subject)] : []),
        ],
      }
    })
}

const otherPlansIn = ({ house, phrases, sayDay }: Context): readonly ReadingItem[] =>
  house.otherPlans.map(({ id, title, ended, since, goals }) => ({
    ...{ words: title || phrases.parts['other-plans'], record: `CarePlan/${id}` },
    notes: [
      ended ? phrases.ended : phrases.notEnded,
      ...(since ? [phrases.since(sayDay(since))] : []),
      ...goals,
    ],
  }))
