import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { type EventSubject, eventSubject, inShort } from '#domain/plan/house/event-subject.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { PlanEvent } from '#domain/plan/plan.ts'
import {
  changeLabels,
  eventAnswerLabels,
  eventLabels,
  shortSectionLabels,
} from '#features/care-plan/labels.ts'

const mostWords = 72

/**
 * Who did what, with the words of what it was done to: “Grace said that “Fit the rail” did not happen”. Words that were
 * written since are not put into the mouth of somebody who did something to others.
 */
export function EventText({ house, event }: { house: HouseRecord; event: PlanEvent }) {
  const { i18n } = useLingui()
  const subject = eventSubject(house, event)
  const what = subject.words ? inShort(subject.words, mostWords) : ''
  const who = <b>{event.by.name}</b>
  const happened = what && !subject.isOfToday && promiseAnswered(event)
  if (happened === 'did-not-happen')
    return (
      <Trans>
        {who} said that “{what}” did not happen
      </Trans>
    )
  if (happened)
    return (
      <Trans>
        {who} said that “{what}” happened
      </Trans>
    )
  const verb = i18n._(verbOf(event, subject))
  if (what && subject.isOfToday)
    return (
      <Trans>
        {who} {verb}. It now says “{what}”
      </Trans>
    )
  const about = subject.section ? i18n._(shortSectionLabels[subject.section]) : what && `“${what}”`
  return (
    <>
      {who} {verb}
      {about ? `: ${about}` : null}
    </>
  )
}

const promiseAnswered = ({ kind, answer }: PlanEvent) =>
  kind === 'answer-promise' ? answer : undefined

function verbOf(event: PlanEvent, subject: EventSubject): MessageDescriptor {
  if (event.answer) return eventAnswerLabels[event.answer]
  const [wrote, changed] = labelsOf(event, subject)
  return (subject.isChange ? changed : undefined) ?? wrote
}

function labelsOf({ kind }: PlanEvent, { isStrength, isWish }: EventSubject) {
  if (isStrength && kind === 'write-need')
    return [msg`wrote down a strength`, msg`changed a strength`] as const
  if (isWish && kind === 'write-what-if')
    return [msg`wrote down a wish for later care`, msg`changed a wish for later care`] as const
  return [eventLabels[kind], changeLabels[kind]] as const
}
