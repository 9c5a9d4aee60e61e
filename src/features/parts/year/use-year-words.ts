import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Contact } from '#domain/contact/contact.ts'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import type { Reading, ReadingKind } from '#domain/reading/reading.ts'
import type { StoryEvent } from '#domain/timeline/event.ts'
import type { Worry } from '#domain/worry/worry.ts'
import type { YearAlert, YearVersion } from '#domain/year/year-facts.ts'
import type { ContactGap, HelpBar, StayDrawn } from '#domain/year/year-picture.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { useActLabels, useNameLabels } from './story-labels.ts'

/**
 * Everything that is written in the picture and in the list below it. `ofName`: whose year; absent: the reader’s own.
 * `isCalm`: for the person and their carers, who are told of an alert without alarm.
 */
export function useYearWords(ofName: string | undefined, isCalm: boolean) {
  const { t } = useLingui()
  const reading = useReadingLabels()
  const dayText = useDayText()
  const acts = useActLabels()
  const nameOf = useNameLabels()
  const days = (count: number) => plural(count, { one: '# day', other: '# days' })
  const event = (each: StoryEvent) =>
    [acts[each.act], nameOf(each.named, each.act)].join(' ').trim()
  const alertAbout = (about: YearAlert['about']) => {
    if (about.as === 'reading') return about.kind ? reading.name(about.kind) : t`A reading`
    if (isCalm) return t`A check by the team`
    return about.as === 'safety' ? t`Safety` : about.text
  }
  return {
    reading,
    event,
    /** up to the colon: of a questionnaire the part by which people call it */
    shortName: (each: StoryEvent) => nameOf(each.named).split(':')[0] ?? '',
    lanes: {
      words: ofName ? t`In ${ofName}’s words` : t`In your words`,
      place: ofName ? t`Where ${ofName} was` : t`Where you were`,
      happened: t`What happened`,
      contacts: t`Who came or called`,
      plan: t`The plan`,
      help: t`Help at home`,
      assessments: t`Assessments`,
      alerts: isCalm ? t`What the team looked into` : t`Alerts`,
      worry: t`How worried`,
    },
    atHome: t`no hospital stay recorded`,
    others: t`Others`,
    contactNote: t`Dot: a visit. Ring: a call. Cross: not reached`,
    roofNote: ofName ? t`Filled roof: ${ofName} said yes` : t`Filled roof: you said yes`,
    alertNote: isCalm
      ? t`Triangle: not done yet. Square: done`
      : t`Triangle: still open. Square: closed`,
    worryNote: ofName
      ? t`0 to 10. Dot: the team. Square: a carer. Diamond: ${ofName}`
      : t`0 to 10. Dot: the team. Square: a carer. Diamond: you`,
    noContact: t`No visit or call is recorded in this time`,
    noVersion: t`No version of the plan is from this time`,
    gap: ({ days: count }: ContactGap) =>
      count === undefined ? t`None recorded` : t`None recorded for ${days(count)}`,
    gapUntil: ({ days: count }: ContactGap) =>
      count === undefined
        ? t`Until then no visit or call is recorded`
        : t`Until then no visit or call is recorded for ${days(count)}`,
    nights: (nights: number) =>
      nights === 0
        ? ''
        : plural(nights, { one: '# night in hospital', other: '# nights in hospital' }),
    stay: (stay: StayDrawn) =>
      stay.isDepartment
        ? t`Emergency department`
        : [stay.reason, stay.isOpen ? t`still there` : days(stay.days)].filter(Boolean).join(', '),
    toHospital: ({ reason, isDepartment }: StayDrawn) => {
      if (isDepartment) return reason ? t`Emergency department: ${reason}` : t`Emergency department`
      return reason ? t`Into hospital: ${reason}` : t`Into hospital`
    },
    home: (stay: StayDrawn) => t`Home from hospital after ${days(stay.days)}`,
    contact: ({ reached, way }: Contact) => {
      if (!reached) return way === 'visit' ? t`Visit: not at home` : t`Called: not reached`
      return way === 'visit' ? t`Visit` : t`Call`
    },
    version: ({ number, agreed }: YearVersion) => {
      if (!agreed) return t`Version ${number} of the plan`
      return ofName
        ? t`Version ${number} of the plan: ${ofName} said yes`
        : t`Version ${number} of the plan: you said yes`
    },
    help: ({ event: each, missing }: HelpBar) => {
      const name = nameOf(each.named)
      if (missing) return t`Not there yet: ${name}`
      return each.act === 'asked-for' ? t`Asked for: ${name}` : name
    },
    helpEnded: ({ event: each }: HelpBar) => t`Ended: ${nameOf(each.named)}`,
    limits: (limit: ReadingLimit) => {
      const low = limit.low === undefined ? '' : t`not below ${reading.limit(limit, 'low')}`
      const high = limit.high === undefined ? '' : t`not above ${reading.limit(limit, 'high')}`
      return [low, high].filter(Boolean).join(', ')
    },
    silent: (since: string) => t`none since ${dayText(since)}`,
    outside: (each: Reading) =>
      t`${reading.name(each.kind)} ${reading.value(each)}: outside the agreed limits`,
    readingsOf: (kind: ReadingKind, all: readonly Reading[]) => {
      const [first, last] = [all[0], all.at(-1)]
      const name = reading.name(kind)
      if (!first || !last || all.length === 1) return `${name} ${first ? reading.value(first) : ''}`
      const values = all.map(({ value }) => value)
      const [low, high] = [Math.min(...values), Math.max(...values)]
      const count = plural(all.length, { one: '# reading', other: '# readings' })
      return t`${name}: ${count} this month, from ${reading.amount(kind, low)} to ${reading.amount(kind, high)}`
    },
    alert: ({ about: of, until }: YearAlert) => {
      const about = alertAbout(of)
      if (isCalm) return until ? t`${about}, done` : t`${about}, not done yet`
      return until ? t`${about}, closed` : t`${about}, open`
    },
    worry: ({ by, score }: Worry) => t`${by.name}: ${score} of 10 worried`,
  }
}

export type YearWords = ReturnType<typeof useYearWords>
