import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useKeptId } from '#client/forms/use-kept-id.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import type { FindFilters, FoundPeople } from '#client/queries/monitoring/find-people.ts'
import { deleteList, savedListsQuery, saveList } from '#client/queries/monitoring/saved-lists.ts'
import type { FindFilter } from '#domain/case/find-people.ts'
import { longestListName, type SavedList } from '#domain/list/saved-list.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ListNews } from './list-news.tsx'

type Props = Readonly<{
  filters: FindFilters
  open: SavedList | undefined
  /** an own list, of which a filter was changed here */
  before: SavedList | undefined
  news: FoundPeople['news'] | undefined
}>

/** Filters saved under a name: own lists, and those that colleagues share. */
export function SavedLists({ filters, open, before, news }: Props) {
  const { data: lists = [] } = useQuery(savedListsQuery)
  const [saving, setSaving] = useState(false)
  return (
    <section className="find__lists" aria-labelledby="find-lists">
      <h2 id="find-lists">
        <Trans>Saved lists</Trans>
      </h2>
      {lists.length > 0 ? (
        <ul>
          {lists.map((list) => (
            <li key={list.id}>
              <Link
                to={`/find?list=${list.id}`}
                {...(open?.id === list.id ? { 'aria-current': 'true' } : {})}
              >
                {list.name}
              </Link>
              {list.isOwn ? null : (
                <span className="find__meta">
                  {' '}
                  <Trans>by {list.ownerName}</Trans>
                </span>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {open ? (
        <OpenList key={open.id} list={open} news={news} />
      ) : (
        <>
          {before ? <ChangeFilters list={before} filters={savedOf(filters)} /> : null}
          <Button variant="link" onClick={() => setSaving(true)}>
            <Trans>Save this list</Trans>
          </Button>
        </>
      )}
      {saving ? <ListDialog filters={savedOf(filters)} onClose={() => setSaving(false)} /> : null}
    </section>
  )
}

function savedOf({ page: _page, list: _list, ...rest }: FindFilters): FindFilter {
  return rest
}

/** Gives an own list the filters that stand here now. */
function ChangeFilters({ list, filters }: Readonly<{ list: SavedList; filters: FindFilter }>) {
  const saving = useSaveState()
  const navigate = useNavigate()
  const change = async () => {
    if (!(await saving.run(() => saveList({ ...list, filters })))) return
    toast(<Trans>“{list.name}” has these filters now.</Trans>, () => saveList(list))
    void navigate(`/find?list=${list.id}`)
  }
  return (
    <>
      <SaveNote saving={saving} />
      <Button variant="link" pending={saving.pending} onClick={() => void change()}>
        <Trans>Keep these filters in “{list.name}”</Trans>
      </Button>
    </>
  )
}

/** What changed since it was marked as seen, and what its owner can do with it. */
function OpenList({ list, news }: { list: SavedList; news: Props['news'] }) {
  const [changing, setChanging] = useState(false)
  const saving = useSaveState()
  const navigate = useNavigate()
  const remove = async () => {
    if (!(await saving.run(() => deleteList(list.id)))) return
    toast(<Trans>“{list.name}” is deleted.</Trans>, () => deleteList(list.id, true))
    void navigate('/find')
  }
  return (
    <div>
      {list.changedAt ? (
        <p className="find__meta">
          <Trans>
            {list.ownerName} changed its filters on <DateText date={list.changedAt} withTime />.
          </Trans>
        </p>
      ) : null}
      <ListNews list={list.id} news={news} />
      <SaveNote saving={saving} />
      {list.isOwn ? (
        <>
          <Button variant="link" onClick={() => setChanging(true)}>
            <Trans>Rename or share</Trans>
          </Button>
          <Button variant="link" onClick={() => void remove()}>
            <Trans>Delete this list</Trans>
          </Button>
        </>
      ) : null}
      {changing ? (
        <ListDialog list={list} filters={list.filters} onClose={() => setChanging(false)} />
      ) : null}
    </div>
  )
}

type DialogProps = Readonly<{ list?: SavedList; filters: FindFilter; onClose: () => void }>

function ListDialog({ list, filters, onClose }: DialogProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [fresh] = useKeptId()
  const id = list?.id ?? fresh
  const [name, setName] = useState(list?.name ?? '')
  const [shared, setShared] = useState(list?.shared ?? false)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const fault = name.trim() ? undefined : t`Give the list a name`
  const save = async () => {
    setTried(true)
    if (fault) return
    const done = await saving.run(() => saveList({ id, name: name.trim(), shared, filters }))
    if (!done) return
    toast(t`“${name.trim()}” is saved.`)
    onClose()
    if (!list) void navigate(`/find?list=${id}`)
  }
  return (
    <Dialog
      open
      title={list ? t`Rename or share` : t`Save this list`}
      onClose={onClose}
      actions={
        <>
          <Button pending={saving.pending} onClick={() => void save()}>
            <Trans>Save</Trans>
          </Button>
          <Button variant="link" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
        </>
      }
    >
      <SaveNote saving={saving} />
      <TextField
        label={t`Name of the list`}
        hint={t`It keeps the filters and what you typed, and not who is found.`}
        value={name}
        onChange={setName}
        maxLength={longestListName}
        error={tried ? fault : undefined}
      />
      <Checkboxes
        legend={t`Who can open it`}
        values={shared ? ['shared'] : []}
        onChange={(values) => setShared(values.includes('shared'))}
        options={[
          {
            value: 'shared',
            label: t`My colleagues too. Each sees only people whom they may see.`,
          },
        ]}
      />
    </Dialog>
  )
}
