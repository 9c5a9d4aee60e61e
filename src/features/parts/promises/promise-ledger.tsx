import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Action } from '#domain/goal/goal.ts'
import {
  keptPromises,
  type LedgerState,
  ledgerState,
  promisesToPerson,
} from '#domain/goal/promise-ledger.ts'
import { promiseState } from '#domain/goal/promise-state.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { ownWords } from '#ui/text/own-words.ts'
import { PromiseWords } from './promise-words.tsx'

const marks: Readonly<Record<LedgerState, MarkState>> = {
  kept: 'agreed',
  'kept-late': 'agreed',
  'did-not-happen': 'failed',
  late: 'due',
  'to-come': 'due',
  'given-up': 'missing',
}

function useLedgerLabels(): Readonly<Record<LedgerState, string>> {
  const { t } = useLingui()
  return {
    kept: t`Kept`,
    'kept-late': t`Kept, but late`,
    'did-not-happen': t`Did not happen`,
    late: t`Overdue`,
    'to-come': t`To come`,
    'given-up': t`Not done any more`,
  }
}

/** What was promised to the person, by whom, by when, and how it came out. */
export function PromiseLedger({ house, day }: { house: HouseRecord; day: string }) {
  const all = promisesToPerson(house.actions, house.person)
  if (all.length === 0) return <EmptyState title={<Trans>Nothing has been promised yet</Trans>} />
  const open = all.filter((each) => !isOver(each, day))
  const over = all.filter((each) => isOver(each, day))
  return (
    <>
      <KeptSince house={house} day={day} />
      <List actions={open} day={day} />
      {over.length > 0 ? (
        <details>
          <summary>
            <Trans>What is over</Trans>
          </summary>
          <List actions={over} day={day} />
        </details>
      ) : null}
    </>
  )
}

const isOver = (action: Action, day: string) =>
  ['kept', 'kept-late', 'given-up'].includes(ledgerState(action, day))

const ownDone = (actions: readonly Action[], person: string, day: string) =>
  actions.filter(
    (each) => each.owner?.reference === `Patient/${person}` && promiseState(each, day) === 'done',
  ).length

/** "11 kept since 9 October"; the person’s own steps are no promise to them, and are counted apart. */
export function KeptSince({ house, day }: { house: HouseRecord; day: string }) {
  const kept = keptPromises(promisesToPerson(house.actions, house.person), day)
  const since = house.caseOfPlan?.since
  const own = ownDone(house.actions, house.person, day)
  return (
    <p>
      <Plural value={kept} _0="None kept by others yet" one="# kept" other="# kept" />
      {kept === 0 && own > 0 ? (
        <Plural value={own} one=". # own step is done" other=". # own steps are done" />
      ) : null}
      {kept > 0 && since ? (
        <>
          {' '}
          <Trans>
            since <DateText date={since} />
          </Trans>
        </>
      ) : null}
    </p>
  )
}

function List({ actions, day }: { actions: readonly Action[]; day: string }) {
  const labels = useLedgerLabels()
  return (
    <ul className="promise-ledger">
      {actions.map((action) => {
        const state = ledgerState(action, day)
        return (
          <li key={action.id}>
            <StateMark state={marks[state]}>{labels[state]}</StateMark>
            <p>
              <b>
                <OwnText>{action.what}</OwnText>
              </b>
            </p>
            <p>
              {action.owner?.name}
              {action.dueOn ? (
                <>
                  , <Trans>by</Trans> <DateText date={action.dueOn} />
                </>
              ) : null}
            </p>
            {action.answer?.words ? (
              <p {...ownWords(action.answer.words)}>“{action.answer.words}”</p>
            ) : null}
            <PromiseWords action={action} />
          </li>
        )
      })}
    </ul>
  )
}
