import { useLingui } from '@lingui/react/macro'
import type { Reason } from '#domain/hl7v2/reasons.ts'

/** Why a message is kept aside, in a few words and with what can be done about it. */
export function useReasonWords(): Readonly<
  Record<Reason, Readonly<{ why: string; what: string }>>
> {
  const { t } = useLingui()
  const atTheirs = t`The hospital has to mend this and send it again.`
  return {
    'not-here': {
      why: t`Nobody here has this NHS number`,
      what: t`It is taken in by itself when the person is brought in.`,
    },
    'not-the-same': {
      why: t`The NHS number is here, but the name or the birth date is another`,
      what: t`Find out who is meant. When our record is wrong, correct it, and this is tried again.`,
    },
    'several-people': {
      why: t`More than one record has this NHS number`,
      what: t`Find out which one is right, then try again.`,
    },
    'nothing-to-compare': {
      why: t`There is neither a name nor a birth date to be sure by`,
      what: atTheirs,
    },
    'visit-of-another': {
      why: t`The visit number belongs to another person here`,
      what: t`Ask the hospital whose visit it is.`,
    },
    'id-used-before': {
      why: t`A message with this id came before and said something else`,
      what: t`Ask the hospital which of the two is right, and to send it under a new id.`,
    },
    'not-taken': {
      why: t`This kind of message is not taken in`,
      what: t`Only admissions, transfers, discharges, registrations, updates and their cancelling are.`,
    },
    incomplete: { why: t`The person or the visit is missing from it`, what: atTheirs },
    'time-unread': { why: t`A time is missing or cannot be read`, what: atTheirs },
    'no-visit': { why: t`There is no visit number`, what: atTheirs },
    'class-unknown': { why: t`It does not say what kind of visit this is`, what: atTheirs },
    'no-nhs-number': { why: t`There is no NHS number`, what: atTheirs },
    'two-nhs-numbers': { why: t`There are two different NHS numbers`, what: atTheirs },
    'nhs-number-wrong': {
      why: t`The NHS number is mistyped: its check digit does not fit`,
      what: atTheirs,
    },
  }
}

/** What a message tells, by its event. */
export function useEventWords(): (event: string) => string {
  const { t } = useLingui()
  const words: Readonly<Record<string, string>> = {
    A01: t`Admission`,
    A02: t`Transfer`,
    A03: t`Discharge`,
    A04: t`Registration`,
    A08: t`Update`,
    A11: t`Admission cancelled`,
    A13: t`Discharge cancelled`,
  }
  return (event) => words[event] ?? t`Message ${event}`
}
