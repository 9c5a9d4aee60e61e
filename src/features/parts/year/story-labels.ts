import { useLingui } from '@lingui/react/macro'
import type { NamedThing, StoryAct } from '#domain/timeline/event.ts'

/** What happened, in a word or two, before the name of the thing. */
export function useActLabels(): Readonly<Record<StoryAct, string>> {
  const { t } = useLingui()
  return {
    began: t`Started`,
    ended: t`Ended`,
    happened: t`Done`,
    recorded: t`Recorded`,
    admitted: t`To hospital`,
    discharged: t`Home from hospital`,
    seen: t`Seen`,
    rang: t`Called`,
    'not-reached': t`Tried, not reached`,
    reviewed: t`Reviewed the plan together`,
    prescribed: t`Prescribed`,
    stopped: t`Stopped`,
    given: t`Given`,
    'not-given': t`Not done`,
    completed: t`Asked`,
    agreed: t`Agreed to the plan`,
    'agreed-in-part': t`Agreed to part of the plan`,
    disagreed: t`Did not agree to the plan`,
    sent: t`Referred`,
    arranged: t`Arranged`,
    'asked-for': t`Asked for`,
    offered: t`Offered`,
    measured: t`Measured`,
    born: t`Born`,
    died: t`Died`,
  }
}

/** For these the words are enough: being born, or coming home, needs no name of a place. */
const speaksForItself: readonly StoryAct[] = ['born', 'died', 'admitted', 'discharged']

/** The name of a thing; a bare code is marked as one, a missing name as missing. */
export function useNameLabels(): (name: NamedThing, act?: StoryAct) => string {
  const { t } = useLingui()
  return (name, act) => {
    if (name.as === 'words') return name.text
    // the category of every care plan in US Core, and of ours
    if (name.as === 'code' && name.code === 'assess-plan') return t`Care plan`
    if (name.as === 'code') return t`Code ${name.code}, no name given`
    return act && speaksForItself.includes(act) ? '' : t`No name given`
  }
}
