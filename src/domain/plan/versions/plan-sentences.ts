import type {
  CarePlan,
  CareTeam,
  Condition,
  Goal,
  Observation,
  Resource,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes'
import { given, recordFrom, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import { actionFromFhir, goalFromFhir } from '#domain/goal/fhir.ts'
import type { AboutMeSectionName } from '#domain/plan/about-me.ts'
import { aboutMeFromFhir } from '#domain/plan/about-me-fhir.ts'
import { crisisFromFhir } from '#domain/plan/crisis/crisis-fhir.ts'
import { crisisLines } from '#domain/plan/crisis/crisis-plan.ts'
import { isWhatIf, needFromFhir, planFromFhir } from '#domain/plan/fhir.ts'
import {
  type HouseRoom,
  type SaidBy,
  type WhatIfLevel,
  type Who,
  type WrittenBy,
  whatIfLevels,
} from '#domain/plan/plan.ts'
import type { SayDay } from '#domain/plan/record-text.ts'
import { whatIfFromFhir } from '#domain/plan/worse/what-if-fhir.ts'
import { isWish, wishFromFhir } from '#domain/plan/worse/wishes.ts'

/** What kind of thing a sentence of a plan is, for the label beside it. */
export type SentenceKind =
  | 'goal'
  | 'why'
  | 'step'
  | 'need'
  | 'unmet-need'
  | 'strength'
  | 'wish'
  | 'review'
  | 'team'
  | 'support'
  | 'just-in-case'
  | 'carer-ill'
  | 'crisis'
  | AboutMeSectionName
  | WhatIfLevel

/** How a part of the plan ended; `removed`: its record is gone. */
export type SentenceEnd = 'done' | 'stopped' | 'declined' | 'resolved' | 'removed'

/** One sentence that a plan says, with who said or wrote it. */
export type PlanSentence = Readonly<{
  /** the same in every version: `Goal/1#why` */
  key: string
  /** the record and its version: `Goal/1/_history/2` */
  target: string
  room: HouseRoom
  kind: SentenceKind
  words: string
  /** whose words they are; otherwise who wrote them */
  by?: Who
  /** who helped to say or write it */
  helper?: Who
  /** when it was written (instant) */
  at?: string
  /** absent: it is part of the plan as it stands */
  ended?: SentenceEnd
}>

type Reading = Readonly<{ zone: string | undefined; sayDay: SayDay }>

/** Everything that the records of one version say, in the order of the house. */
export function planSentences(
  records: readonly Resource[],
  reading: Partial<Reading> = {},
): readonly PlanSentence[] {
  const { zone, sayDay = String } = reading
  const said = records.flatMap((record) => sentencesOf(record, { zone, sayDay }))
  return said.filter(({ words }) => words.trim() !== '')
}

function sentencesOf(record: Resource, reading: Reading): readonly PlanSentence[] {
  switch (record.resourceType) {
    case 'Goal':
      return sentencesOfGoal(record)
    case 'Task':
      return [sentenceOfStep(record, reading)]
    case 'Condition':
      return [sentenceOfNeed(record)]
    case 'Observation':
      return [sentenceOfSection(record)]
    case 'CarePlan':
      return isWhatIf(record)
        ? sentencesOfWhatIf(record, reading)
        : [sentenceOfReview(record, reading)]
    case 'CareTeam':
      return sentencesOfTeam(record)
    case 'ServiceRequest':
      return [sentenceOfSupport(record)]
    default:
      return []
  }
}

const nameOf = ({ resourceType, id }: Resource) => `${resourceType}/${id}`

const targetOf = (record: Resource) => `${nameOf(record)}/_history/${record.meta?.versionId ?? ''}`

/** A sentence that somebody said is theirs; any other is the writer’s. */
function authors(said: Who | undefined, written: WrittenBy | undefined, helper?: Who) {
  const by = said ?? written?.by
  const wrote = written && written.by.reference !== by?.reference ? written.by : undefined
  return { ...given('by', by), ...given('helper', helper ?? wrote), ...given('at', written?.at) }
}

const goalEnds = { reached: 'done', stopped: 'stopped' } as const

function sentencesOfGoal(record: Goal): readonly PlanSentence[] {
  const { words, why, expressedBy, supportedBy, written, state } = goalFromFhir(record)
  const ended = state === 'reached' || state === 'stopped' ? goalEnds[state] : undefined
  const common = {
    ...{ target: targetOf(record), room: 'conversation' as const },
    ...authors(expressedBy, written, supportedBy),
    ...given('ended', ended),
  }
  const name = nameOf(record)
  return [
    { ...common, key: name, kind: 'goal', words },
    { ...common, key: `${name}#why`, kind: 'why', words: why },
  ]
}

const stepEnds: Readonly<Record<string, SentenceEnd>> = {
  ...{ done: 'done', refused: 'declined', stopped: 'stopped' },
}

function sentenceOfStep(record: Task, { zone, sayDay }: Reading): PlanSentence {
  const { what, owner, dueOn, written, state } = actionFromFhir(record, zone)
  const words = [what, owner?.name, dueOn && sayDay(dueOn)].filter(Boolean).join(', ')
  return {
    ...{ key: nameOf(record), target: targetOf(record), room: 'conversation', kind: 'step', words },
    ...authors(undefined, written),
    ...given('ended', stepEnds[state]),
  }
}

function sentenceOfNeed(record: Condition): PlanSentence {
  const { words, unmet, resolved, written, kind } = needFromFhir(record)
  return {
    ...{ key: nameOf(record), target: targetOf(record), words },
    ...(unmet
      ? { room: 'support' as const, kind: 'unmet-need' as const }
      : {
          room: 'conversation' as const,
          kind: kind === 'strength' ? ('strength' as const) : ('need' as const),
        }),
    ...authors(whoFrom(record.asserter), written),
    ...given('ended', resolved ? 'resolved' : undefined),
  }
}

function sentenceOfSection(record: Observation): PlanSentence {
  if (isWish(record)) return sentenceOfWish(record)
  const { section, words, saidBy, supportedBy, written } = aboutMeFromFhir(record)
  return {
    ...{ key: nameOf(record), target: targetOf(record), room: 'me', kind: section, words },
    ...authors(saidBy, written, supportedBy),
  }
}

/** It stands in the roof; it is no section of About me. */
function sentenceOfWish(record: Observation): PlanSentence {
  const { words, saidBy, supportedBy, written } = wishFromFhir(record)
  return {
    ...{ key: nameOf(record), target: targetOf(record), room: 'roof', kind: 'wish', words },
    ...authors(saidBy, written, supportedBy),
  }
}

function sentencesOfWhatIf(record: CarePlan, { sayDay }: Reading): readonly PlanSentence[] {
  const {
    written,
    situations = [],
    justInCase = [],
    carerIll = [],
    ...levels
  } = whatIfFromFhir(record)
  const line = (
    part: string,
    kind: SentenceKind,
    {
      words,
      said,
    }: Readonly<{ words: readonly (string | undefined)[]; said?: SaidBy | undefined }>,
  ): PlanSentence => ({
    ...{ key: `${nameOf(record)}#${part}`, target: targetOf(record), room: 'roof', kind },
    ...{
      words: words.filter(Boolean).join('. '),
      ...authors(said?.by, said ?? written, said?.helper),
    },
  })
  return [
    ...whatIfLevels.map((level) => {
      const { sign, doWhat, ring, ringAtNight, said } = levels[level]
      return line(level, level, { words: [sign, doWhat, ring, ringAtNight], said })
    }),
    ...situations.map(({ id, level, words, said }) => line(id, level, { words: [words], said })),
    ...justInCase.map(({ id, what, where, whoMay, until, said }) =>
      line(id, 'just-in-case', { words: [what, where, whoMay, until && sayDay(until)], said }),
    ),
    ...carerIll.map(({ id, what, who, phone, said }) =>
      line(id, 'carer-ill', { words: [what, who?.name, phone], said }),
    ),
    ...crisisLines(crisisFromFhir(record)).map(({ id, words, said }) =>
      line(id, 'crisis', { words: [words], said }),
    ),
  ]
}

/** Without an author: every change of the plan writes its record, and only its versions tell who set the day. */
function sentenceOfReview(record: CarePlan, { sayDay }: Reading): PlanSentence {
  const { reviewOn } = planFromFhir(record)
  return {
    ...{ key: nameOf(record), target: targetOf(record), room: 'roof', kind: 'review' },
    words: reviewOn ? sayDay(reviewOn) : '',
  }
}

function sentencesOfTeam(record: CareTeam): readonly PlanSentence[] {
  if ((record.status ?? 'active') !== 'active') return []
  const { written } = recordFrom(record)
  return (record.participant ?? []).flatMap(({ member, role, period }) => {
    const who = whoFrom(member)
    if (!who || who.voice === 'person' || period?.end) return []
    const part = role?.[0]?.text ?? role?.[0]?.coding?.[0]?.display
    return [
      {
        ...{ key: `${nameOf(record)}#${who.reference}`, target: targetOf(record) },
        ...{ room: 'team' as const, kind: 'team' as const },
        words: [who.name, part].filter(Boolean).join(', '),
        ...authors(undefined, written),
      },
    ]
  })
}

const supportEnds: Readonly<Record<string, SentenceEnd>> = {
  ...{ completed: 'done', revoked: 'stopped', 'entered-in-error': 'removed' },
}

function sentenceOfSupport(record: ServiceRequest): PlanSentence {
  const title = record.code?.text ?? record.code?.coding?.[0]?.display ?? ''
  return {
    ...{ key: nameOf(record), target: targetOf(record), room: 'support', kind: 'support' },
    words: [title, record.note?.[0]?.text].filter(Boolean).join(': '),
    ...authors(whoFrom(record.requester), recordFrom(record).written),
    ...given('ended', supportEnds[record.status ?? '']),
  }
}
