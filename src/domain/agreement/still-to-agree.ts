import {
  type ChangedRecord,
  changedRecordsSince,
  madeNewVersion,
} from '#domain/plan/changes-since.ts'
import { type HouseRecord, openGoals, openNeeds, strengths } from '#domain/plan/house/house.ts'
import { recordTextStanding, type SayDay } from '#domain/plan/record-text.ts'
import { type Agreement, lastAgreed, type NotAgreed } from './agreement.ts'

export type StillToAgree = Readonly<{
  /** the yes, whole or in part, that the rest of the plan has */
  since: Agreement
  changed: readonly ChangedRecord[]
  /** left out of that yes, and not changed since */
  leftOut: readonly NotAgreed[]
}>

/**
 * Exactly what needs a yes again: what others changed since the last one, and what it left out; undefined before the
 * first. Nobody is asked about what they wrote themselves. What was left out stays so through new versions of the plan, until what it says is changed itself: a step that
 * is ticked is not, and one that was put back word for word is left out again. Answers from before the server marked what
 * was left out are judged by the versions that were made since.
 */
export function stillToAgree(
  house: Pick<HouseRecord, 'agreements' | 'events'>,
): StillToAgree | undefined {
  const since = lastAgreed(house.agreements)
  if (!since) return undefined
  const changed = changedRecordsSince(house.events, since).filter(({ isPersons }) => !isPersons)
  const versions = house.events.filter((event) => madeNewVersion(event, since))
  const rewritten = new Set(changedRecordsSince(versions, since).map(({ record }) => record))
  const leftOut = (since.notAgreed ?? []).filter(
    ({ record, stands }) => stands ?? !rewritten.has(record),
  )
  return { since, changed, leftOut }
}

export type AnswerPart = Readonly<{
  /** `Goal/1` */
  record: string
  kind: 'goal' | 'step' | 'need' | 'strength' | 'what-if'
  words: string
}>

/** What somebody can agree to, or not, one by one: what the plan names, and what to do if things get worse. */
export function planParts(house: HouseRecord, sayDay?: SayDay): readonly AnswerPart[] {
  const { plan, whatIf, actions } = house
  if (!plan) return []
  const part = (record: string, kind: AnswerPart['kind']): AnswerPart => ({
    ...{ record, kind, words: recordTextStanding(house, record, sayDay).split('\n')[0] ?? '' },
  })
  return [
    ...openGoals(house)
      .filter(({ id }) => plan.goals.includes(id))
      .map(({ id }) => part(`Goal/${id}`, 'goal')),
    ...actions
      .filter(
        ({ id, state }) => plan.actions.includes(id) && state !== 'stopped' && state !== 'done',
      )
      .map(({ id }) => part(`Task/${id}`, 'step')),
    ...[...openNeeds(house), ...strengths(house)]
      .filter(({ id }) => plan.needs.includes(id))
      .map(({ id, kind }) => part(`Condition/${id}`, kind === 'strength' ? kind : 'need')),
    ...(whatIf ? [part(`CarePlan/${whatIf.id}`, 'what-if')] : []),
  ].filter(({ words }) => words !== '')
}
