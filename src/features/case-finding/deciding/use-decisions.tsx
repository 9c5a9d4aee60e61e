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
/** `unsay` takes away what was said about it, with its way to undo it. */
type Last = Readonly<{ made: Made; unsay: () => void }>

/** Decides about people on the server, says what was done, and keeps who could not be decided about until it is read. */
export function useDecisions(): Decisions {
  const [last, setLast] = useState<Last>()
  const [refused, setRefused] = useState<readonly RefusedPerson[]>([])
  const take = ({ people, outcomes }: Made) => {
    const names = new Map(people.map((each) => [each.id, decidableName(each)]))
    const not = outcomes.filter(({ done }) => !done)
    setRefused(not.map((outcome) => ({ name: names.get(outcome.id) ?? '', outcome })))
    return not.length === 0
  }
  const undo = async (made: Made) => {
    // one that came after it can still be undone
    setLast((found) => (found?.made === made ? undefined : found))
    const outcomes = await undoDecisions(made.outcomes)
    if (take({ people: made.people, outcomes })) toast(<Trans>Undone.</Trans>)
  }
  const undoneByKey = async ({ made, unsay }: Last) => {
    unsay()
    await undo(made)
  }
  const deciding = useMutation({
    mutationFn: async ([people, decision]: readonly [readonly Decidable[], ListDecision]) => {
      const on = pageOnScreen()
      const made = { people, outcomes: await decidePeople(people, decision) }
      const done = people.filter(({ id }) => isDone(made, id))
      if (done.length > 0) {
        const asked = done.filter(({ id }) => isAskedFor(made, id))
        const said = <Done people={done} asked={asked} {...decision} />
        setLast({ made, unsay: toast(said, () => undo(made), on) })
      }
      return take(made)
    },
  })
  return {
    decide: async (people, decision) =>
      await deciding.mutateAsync([people, decision]).catch(() => false),
    undoLast: last && (() => undoneByKey(last)),
    ...{ refused, failed: deciding.isError, pending: deciding.isPending },
    clear: () => {
      setRefused([])
      deciding.reset()
    },
  }
}

const isDone = ({ outcomes }: Made, person: string) =>
  outcomes.some(({ id, done }) => done && id === person)

/** Somebody asked us to take them on, and waits for the answer. */
const isAskedFor = ({ outcomes }: Made, person: string) =>
  outcomes.some(({ id, referral }) => referral && id === person)

type Some = readonly Decidable[]

function Done({ asked, ...props }: Readonly<{ people: Some; asked: Some }> & ListDecision) {
  return (
    <>
      <What {...props} />
      {asked.length > 0 ? (
        <>
          {' '}
          <Trans>
            Whoever referred them waits for an answer: <Those people={asked} />. Answer under
            “Referrals to us”.
          </Trans>
        </>
      ) : null}
    </>
  )
}

function Those({ people }: { people: Some }): ReactNode {
  const [only] = people
  if (people.length === 1 && only) return decidableName(only)
  return <Plural value={people.length} one="# person" other="# people" />
}

function What({ people, decision, coordinator }: Readonly<{ people: Some }> & ListDecision) {
  const who = <Those people={people} />
  if (decision === 'reopen') return <Trans>On the list again: {who}.</Trans>
  if (decision !== 'take-on') return <Trans>Not now, with your reason: {who}.</Trans>
  return coordinator ? (
    <Trans>On your colleague’s caseload: {who}.</Trans>
  ) : (
    <Trans>On your caseload: {who}.</Trans>
  )
}
