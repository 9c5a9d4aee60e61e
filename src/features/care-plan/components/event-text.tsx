import { Trans, useLingui } from '@lingui/react/macro'
import { eventSubject, inShort } from '#domain/plan/house/event-subject.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { PlanEvent } from '#domain/plan/plan.ts'
import { eventLabels, shortSectionLabels } from '#features/care-plan/labels.ts'

const mostWords = 72

/** Who did what, with the words of what it was done to: “Grace said that “Fit the rail” did not happen”. */
export function EventText({ house, event }: { house: HouseRecord; event: PlanEvent }) {
  const { i18n } = useLingui()
  const { words, section, happened, isStrength } = eventSubject(house, event)
  const what = words ? inShort(words, mostWords) : ''
  const who = <b>{event.by.name}</b>
  if (happened === false)
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
  const about = section ? i18n._(shortSectionLabels[section]) : what && `“${what}”`
  return (
    <>
      {who} {isStrength ? <Trans>wrote down a strength</Trans> : i18n._(eventLabels[event.kind])}
      {about ? `: ${about}` : null}
    </>
  )
}
