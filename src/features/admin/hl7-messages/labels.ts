import { useLingui } from '@lingui/react/macro'
import type { Reason } from '#domain/hl7v2/reasons.ts'

/** Why a message is on hold, in a few words, and what can be done about it. */
export function useReasonLabels(): Readonly<
  Record<Reason, Readonly<{ why: string; what: string }>>
> {
  const { t } = useLingui()
  const atTheirs = t`The hospital needs to correct this and send it again.`
  return {
    'not-here': {
      why: t`Nobody here has this NHS number`,
      what: t`It is processed automatically when the person’s record is imported.`,
    },
    'not-the-same': {
      why: t`The NHS number is here, but with a different name or date of birth`,
      what: t`Find out who it is about. If our record is wrong, correct it and the message is tried again.`,
    },
    'several-people': {
      why: t`More than one record has this NHS number`,
      what: t`Find out which one is right, then try again.`,
    },
    'nothing-to-compare': {
      why: t`The message has no name or date of birth to check against`,
      what: atTheirs,
    },
    'visit-of-another': {
      why: t`The visit number belongs to another person here`,
      what: t`Ask the hospital whose visit it is.`,
    },
    'id-used-before': {
      why: t`A different message with this ID came earlier`,
      what: t`Ask the hospital which of the two is right, and to send it again with a new ID.`,
    },
    'not-taken': {
      why: t`We do not process this type of message`,
      what: t`We process only admissions, transfers, discharges, registrations, updates and their cancellations.`,
    },
    incomplete: { why: t`It does not name a person or a visit`, what: atTheirs },
    'time-unread': { why: t`A time is missing or cannot be read`, what: atTheirs },
    'no-visit': { why: t`There is no visit number`, what: atTheirs },
    'class-unknown': { why: t`It does not say what type of visit this is`, what: atTheirs },
    'no-nhs-number': { why: t`There is no NHS number`, what: atTheirs },
    'two-nhs-numbers': { why: t`There are two different NHS numbers`, what: atTheirs },
    'nhs-number-wrong': {
      why: t`The NHS number is wrong: its check digit does not match`,
      what: atTheirs,
    },
  }
}

/** What a message is about, by its event. */
export function useEventLabels(): (event: string) => string {
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
