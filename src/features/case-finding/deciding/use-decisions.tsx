import { Plural, Trans } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import {
  decidePeople,
  type ListDecision,
  undoDecisions,
} from '#client/queries/care-plan/case-decisions.ts'
import type { DecidedPerson } from '#domain/case/decide-people.ts'
import { pageOnScreen, toast } from '#ui/feedback/toasts.tsx'

export type Decidable = Readonly<{ id: string; family?: string; given?: string; seen?: string }>

export const decidableName = ({ given, family }: Decidable): string =>
  [given, family].filter(Boolean).join(' ')

/** Somebody about whom nothing was decided, and why. */
export type RefusedPerson = Readonly<{ name: string; outcome: DecidedPerson }>

export type Decisions = Readonly<{
  /** true when everybody was decided about */
  decide: (people: readonly Decidable[], decision: ListDecision) => Promise<boolean>
  /** the last decision of this page; undefined: there is none, or it was undone */
  undoLast: (() => Promise<void>) | undefined
  refused: readonly RefusedPerson[]
  failed: boolean
  pending: boolean
  clear: () => void
}>

type Made = Readonly<{ people: readonly Decidable[]; outcomes: readonly DecidedPerson[] }>

/** Decides about people on the server, says what was done, and keeps who could not be decided about until it is read. */
export function useDecisions(): Decisions {
  const [last, setLast] = useState<Made>()
  const [refused, setRefused] = useState<readonly RefusedPerson[]>([])
  const take = ({ people, outcomes }: Made) => {
    const names = new Map(people.map((each) => [each.id, decidableName(each)]))
    const not = outcomes.filter(({ done }) => !done)
    setRefused(not.map((outcome) => ({ name: names.get(outcome.id) ?? '', outcome })))
    return not.length === 0
  }
  const undo = async (made: Made) => {
    setLast(undefined)
    const outcomes = await undoDecisions(made.outcomes)
    if (take({ people: made.people, outcomes })) toast(<Trans>Undone.</Trans>)
  }
  const deciding = useMutation({
    mutationFn: async ([people, decision]: readonly [readonly Decidable[], ListDecision]) => {
      const on = pageOnScreen()
      const made = { people, outcomes: await decidePeople(people, decision) }
      const done = people.filter(({ id }) => isDone(made, id))
      if (done.length > 0) {
        setLast(made)
        toast(<Done people={done} {...decision} />, () => undo(made), on)
      }
      return take(made)
    },
  })
  return {
    decide: async (people, decision) =>
      await deciding.mutateAsync([people, decision]).catch(() => false),
    undoLast: last && (() => undo(last)),
    ...{ refused, failed: deciding.isError, pending: deciding.isPending },
    clear: () => {
      setRefused([])
      deciding.reset()
    },
  }
}

const isDone = ({ outcomes }: Made, person: string) =>
  outcomes.some(({ id, done }) => done && id === person)

function Done(props: Readonly<{ people: readonly Decidable[] }> & ListDecision): ReactNode {
  const { people, decision, coordinator } = props
  const [only] = people
  const who =
    people.length === 1 && only ? (
      decidableName(only)
    ) : (
      <Plural value={people.length} one="# person" other="# people" />
    )
  if (decision === 'reopen') return <Trans>On the list again: {who}.</Trans>
  if (decision !== 'take-on') return <Trans>Not now, with your reason: {who}.</Trans>
  return coordinator ? (
    <Trans>On your colleague’s caseload: {who}.</Trans>
  ) : (
    <Trans>On your caseload: {who}.</Trans>
  )
}
