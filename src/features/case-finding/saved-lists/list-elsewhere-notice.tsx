import type { MessageDescriptor } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { rulesQuery } from '#client/queries/monitoring/rules.ts'
import type { FindFilter } from '#domain/case/find-people.ts'
import type { SavedList } from '#domain/list/saved-list.ts'
import { frailtyBandLabels, knownLabels } from '#features/case-finding/labels.ts'
import { changeableLabels } from '#features/parts/find/changeable-labels.ts'
import { needFlagLabels, orderLabels, segmentLabels } from '#features/parts/find/stratum-labels.ts'
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

/** Word for word what was saved on the other page, beside what was changed here; what is the same on both is left out. */
function WhatChanged({ read, now, mine }: Changed) {
  const { t } = useLingui()
  const filters = useFilterWords()
  const words = {
    name: (list: ListChange) => `“${list.name ?? ''}”`,
    filters: (list: ListChange) => (list.filters ? filters(list.filters) : ''),
    shared: (list: ListChange) => (list.shared ? t`Your colleagues too` : t`Only you`),
  }
  const heads = { name: t`Name`, filters: t`Filters`, shared: t`Who can open it` }
  const isOther = (part: Part) => said(now[part]) !== said((mine[part] ?? read[part]) as unknown)
  const rows = (['name', 'filters', 'shared'] as const).filter(isOther)
  if (rows.length === 0) return null
  return (
    <table className="gable-table">
      <caption className="nhsuk-u-visually-hidden">
        <Trans>What was saved on the other page, beside what you changed here</Trans>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t`On the other page`}</th>
          <th scope="col">{t`Here`}</th>
        </tr>
      </thead>
      {rows.map((part) => (
        <tbody key={part}>
          <tr>
            <th scope="rowgroup" colSpan={2}>
              {heads[part]}
            </th>
          </tr>
          <tr>
            <td>{words[part](now)}</td>
            <td>
              {mine[part] === undefined ? (
                <Trans>Not changed here, so it stays as on the other page</Trans>
              ) : (
                words[part](mine)
              )}
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  )
}

type Part = keyof ListChange

/** The same filters in another order are the same. */
const said = (part: unknown): string =>
  JSON.stringify(
    typeof part === 'object' && part !== null
      ? Object.entries(part).filter(isSet).toSorted()
      : part,
  )
const isSet = ([, value]: readonly [string, unknown]) =>
  value !== undefined && value !== '' && value !== false

/** Filters in words, in the order of the page. */
function useFilterWords(): (filters: FindFilter) => string {
  const { t } = useLingui()
  const { data: rules } = useQuery(rulesQuery)
  const ruleWords = (id: string) => {
    const title = rules?.rules.find(({ rule }) => rule === id)?.name
    return title ? t`found by the rule “${title}”` : t`found by a rule`
  }
  const said = (value: unknown, words: (value: string) => string) =>
    value === undefined || value === '' || value === false ? [] : [words(String(value))]
  return (filters) =>
    [
      ...said(filters.text, (words) => `“${words}”`),
      ...choices.flatMap(([field, labels]) =>
        said(filters[field], (value) => (labels[value] ? t(labels[value]) : value)),
      ),
      ...said(filters.condition, (condition) => condition),
      ...said(filters.rule, ruleWords),
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
