import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Action } from '#domain/goal/goal.ts'
import { openPromises, type PromiseState, promiseState } from '#domain/goal/promise-state.ts'
import { promiseLabels } from '#features/care-plan/labels.ts'
import { PromiseVerb } from '#features/care-plan/promises/promise-verb.tsx'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { KeptSince } from '#features/parts/promises/promise-ledger.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { ShortList } from '#ui/layout/short-list.tsx'
import { WhenText } from './when-text.tsx'

const markOf: Readonly<Record<PromiseState, 'agreed' | 'writing' | 'due' | 'failed' | 'missing'>> =
  {
    done: 'agreed',
    'did-not-happen': 'failed',
    refused: 'failed',
    stopped: 'missing',
    overdue: 'due',
    today: 'due',
    'to-come': 'due',
    undated: 'missing',
  }

/** The state of a promise, as a shape and a word. */
export function PromiseMark({ action, day }: { action: Action; day: string }) {
  const { i18n } = useLingui()
  const state = promiseState(action, day)
  return <StateMark state={markOf[state]}>{i18n._(promiseLabels[state])}</StateMark>
}

/** What was promised to the person and is not done: by whom, by when. */
export function Promises({ view }: { view: HouseView }) {
  const { house, day, root } = view
  const open = openPromises(house.actions, day)
  // on a phone what is due first, and the rest on request
  const [isNarrow] = useState(() => matchMedia('(max-width: 720px)').matches)
  return (
    <section aria-labelledby="promises-title" className="gable-promises">
      <h2 id="promises-title">
        <Trans>Promises to {house.givenName}</Trans>
      </h2>
      <KeptSince house={house} day={day} />
      {open.length === 0 ? (
        <p>
          <Trans>No open promises.</Trans>
        </p>
      ) : (
        <ShortList
          className="gable-plain-list"
          most={isNarrow ? 2 : 3}
          items={open.map((action) => (
            <li key={action.id} className={`gable-promise is-${promiseState(action, day)}`}>
              <PromiseMark action={action} day={day} />
              <p>
                <Link to={`${root}/conversation#action-${action.id}`}>{action.what}</Link>
              </p>
              {action.answer?.words ? <p>“{action.answer.words}”</p> : null}
              <OwnerAndDay action={action} />
              <PromiseVerb view={view} action={action} />
            </li>
          ))}
        />
      )}
      <p>
        <Link to={`${root}/promises`}>
          <Trans>All promises to {house.givenName}</Trans>
        </Link>
      </p>
    </section>
  )
}

/** Whose it is, and by when. */
export function OwnerAndDay({ action }: { action: Action }) {
  return (
    <p className="gable-meta">
      {action.owner?.name ?? <Trans>Nobody has accepted this yet</Trans>}
      {action.dueOn ? (
        <>
          , <Trans>by</Trans> <WhenText at={action.dueOn} />
        </>
      ) : null}
    </p>
  )
}
