import type { MessageDescriptor } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import type { FindFilter } from '#domain/case/find-people.ts'
import type { SavedList } from '#domain/list/saved-list.ts'
import { frailtyBandLabels, knownLabels } from '#features/case-finding/labels.ts'
import {
  needFlagLabels,
  orderLabels,
  segmentLabels,
} from '#features/case-finding/stratum-labels.ts'
import { changeableLabels } from '#features/parts/find/changeable-labels.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import type { ListChange, ListElsewhere, ReadList, SaveList } from './use-save-list.ts'

type Props = Readonly<{
  /** the list as it was read here */
  read: ReadList
  change: SaveList
  onSaveOver: () => void
  onLeaveIt: () => void
}>

/** That the list was changed on another page since it was read here: what it says now, and the choice. */
export function ListElsewhereNotice({ read, change, onSaveOver, onLeaveIt }: Props) {
  const { elsewhere } = change
  if (!elsewhere) return null
  const { now, mine } = elsewhere
  const isDeleted = typeof now === 'string'
  return (
    <Notice
      tone="warning"
      title={<Title {...{ read, now }} />}
      actions={
        <div className="list-elsewhere">
          <Button variant="outline" onClick={onLeaveIt}>
            {isDeleted ? <Trans>Leave it deleted</Trans> : <Trans>Keep it as it is now</Trans>}
          </Button>
          {now === 'changed-and-deleted' ? null : (
            <Button pending={change.saving.pending} onClick={onSaveOver}>
              {isDeleted ? <Trans>Put it back with mine</Trans> : <Trans>Save mine over it</Trans>}
            </Button>
          )}
        </div>
      }
    >
      {isDeleted ? null : <WhatChanged {...{ read, now, mine }} />}
      {now === 'changed-and-deleted' ? (
        <p>
          <Trans>
            It stays deleted: you had changed it before, so yours cannot be put on top of it. To
            keep what you have here, save it as a new list.
          </Trans>
        </p>
      ) : (
        <p>
          <Trans>Nothing is saved yet, and what you changed here is still here.</Trans>
        </p>
      )}
    </Notice>
  )
}

/** One that is new here was saved before: the answer did not arrive, and something was changed since. */
function Title({ read: { name, edit }, now }: Pick<ListElsewhere, 'now'> & Pick<Props, 'read'>) {
  if (edit === undefined) return <Trans>This list is saved already</Trans>
  if (now === 'deleted') return <Trans>You deleted “{name}” on another page</Trans>
  if (now === 'changed-and-deleted')
    return <Trans>You changed “{name}” on another page, and deleted it then</Trans>
  return <Trans>You changed “{name}” on another page</Trans>
}

type Changed = Readonly<{ read: ReadList; now: SavedList; mine: ListChange }>

function WhatChanged({ read, now, mine }: Changed) {
  const said = useFilterWords()
  const { name = now.name, filters = now.filters } = mine
  const [there, here] = [said(now.filters), said(filters)]
  return (
    <ul>
      {name !== now.name && now.name !== read.name ? (
        <li>
          <Trans>
            It is called “{now.name}” now. You wrote “{name}” here.
          </Trans>
        </li>
      ) : null}
      {there === here ? null : (
        <li>
          <Trans>Its filters are now: {there}.</Trans> <Trans>Yours are: {here}.</Trans>
        </li>
      )}
      <Stays {...{ read, now, mine }} />
    </ul>
  )
}

/** What was changed there alone stays, whichever way the choice goes. */
function Stays({ read, now, mine }: Changed) {
  const said = useFilterWords()
  const words = said(now.filters)
  return (
    <>
      {mine.name === undefined && now.name !== read.name ? (
        <li>
          <Trans>It is called “{now.name}” now. That stays.</Trans>
        </li>
      ) : null}
      {mine.shared === undefined && now.shared !== read.shared ? (
        <li>
          {now.shared ? (
            <Trans>Your colleagues can open it now. That stays.</Trans>
          ) : (
            <Trans>Only you can open it now. That stays.</Trans>
          )}
        </li>
      ) : null}
      {mine.filters === undefined && words !== said(read.filters) ? (
        <li>
          <Trans>Its filters are now: {words}. They stay.</Trans>
        </li>
      ) : null}
    </>
  )
}

/** Filters in words, in the order of the page. */
function useFilterWords(): (filters: FindFilter) => string {
  const { t } = useLingui()
  const said = (value: unknown, words: (value: string) => string) =>
    value === undefined || value === '' || value === false ? [] : [words(String(value))]
  return (filters) =>
    [
      ...said(filters.text, (words) => `“${words}”`),
      ...choices.flatMap(([field, labels]) =>
        said(filters[field], (value) => (labels[value] ? t(labels[value]) : value)),
      ),
      ...said(filters.condition, (condition) => condition),
      ...said(filters.rule, () => t`found by a rule`),
      ...said(filters.ageFrom, (age) => t`age from ${age}`),
      ...said(filters.ageTo, (age) => t`age to ${age}`),
      ...said(filters.unscored, () => t`people without a score`),
    ].join(', ') || t`none`
}

type Labels = Readonly<Record<string, MessageDescriptor | undefined>>

const choices: readonly (readonly [keyof FindFilter, Labels])[] = [
  ['changeable', changeableLabels],
  ['flag', needFlagLabels],
  ['known', knownLabels],
  ['band', frailtyBandLabels],
  ['segment', segmentLabels],
  ['order', orderLabels],
]
