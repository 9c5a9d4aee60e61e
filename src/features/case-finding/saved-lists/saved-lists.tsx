import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useKeptId } from '#client/forms/use-kept-id.ts'
import { type SaveState, useSaveState } from '#client/forms/use-record-form.ts'
import type { FindFilters, FoundPeople } from '#client/queries/monitoring/find-people.ts'
import {
  deleteList,
  reloadSavedLists,
  savedListsQuery,
  saveList,
} from '#client/queries/monitoring/saved-lists.ts'
import type { FindFilter } from '#domain/case/find-people.ts'
import { longestListName, type SavedList } from '#domain/list/saved-list.ts'
import { isStale } from '#features/case-finding/rules/use-rule-step.ts'
import { ListNews } from '#features/case-finding/worklist/list-news.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ListElsewhereNotice } from './list-elsewhere-notice.tsx'
import { useSaveList } from './use-save-list.ts'

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
          {before ? (
            <ChangeFilters key={before.id} list={before} filters={savedOf(filters)} />
          ) : null}
          <Button variant="link" onClick={() => setSaving(true)}>
            <Trans>Save this list</Trans>
          </Button>
        </>
      )}
      {saving ? (
        <NewListDialog filters={savedOf(filters)} onClose={() => setSaving(false)} />
      ) : null}
    </section>
  )
}

function savedOf({ page: _page, list: _list, ...rest }: FindFilters): FindFilter {
  return rest
}

/** Gives an own list the filters that stand here now. */
function ChangeFilters({ list, filters }: Readonly<{ list: SavedList; filters: FindFilter }>) {
  const change = useSaveList(list)
  const { saving } = change
  const navigate = useNavigate()
  const open = () => void navigate(`/find?list=${list.id}`)
  const keep = async (saved: Promise<SavedList | undefined>) => {
    const done = await saved
    if (!done) return
    const { name, edit } = done
    // an undo of what was saved over another change brings that one back
    const earlier = change.elsewhere?.now
    const before = earlier && typeof earlier !== 'string' ? earlier : list
    toast(
      <Trans>“{name}” has these filters now.</Trans>,
      async () => void (await saveList({ ...done, filters: before.filters, edit })),
    )
    open()
  }
  return (
    <>
      <SaveNote saving={saving} />
      <ListElsewhereNotice
        {...{ read: list, change }}
        onSaveOver={() => void keep(change.saveOver())}
        onLeaveIt={() => {
          const isGone = typeof change.elsewhere?.now === 'string'
          change.leaveIt()
          if (!isGone) open()
        }}
      />
      <Button
        variant="link"
        pending={saving.pending}
        onClick={() => void keep(change.save({ filters }))}
      >
        <Trans>Keep these filters in “{list.name}”</Trans>
      </Button>
    </>
  )
}

/** What changed since it was marked as seen, and what its owner can do with it. */
function OpenList({ list, news }: { list: SavedList; news: Props['news'] }) {
  const [changing, setChanging] = useState(false)
  const [isChanged, setIsChanged] = useState(false)
  const saving = useSaveState()
  const navigate = useNavigate()
  const remove = async () => {
    let isDeleted = false
    const isDone = await saving.run(async () => {
      isDeleted = await deletedUnlessChanged(list)
    })
    setIsChanged(isDone && !isDeleted)
    if (!isDeleted) return
    toast(<Trans>“{list.name}” is deleted.</Trans>, () => deleteList(list, true))
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
      {isChanged ? (
        <Notice tone="warning" title={<Trans>You changed this list on another page</Trans>}>
          <p>
            <Trans>
              It is not deleted. It is shown here as it is now: delete it again if you still want
              to.
            </Trans>
          </p>
        </Notice>
      ) : null}
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
      {changing ? <RenameDialog list={list} onClose={() => setChanging(false)} /> : null}
    </div>
  )
}

/** False if it was changed elsewhere since it was read: it is shown as it is now. */
async function deletedUnlessChanged(list: SavedList): Promise<boolean> {
  try {
    await deleteList(list)
    return true
  } catch (error) {
    if (!isStale(error)) throw error
    await reloadSavedLists()
    return false
  }
}

type DialogProps = Readonly<{ filters: FindFilter; onClose: () => void }>

/** Filters under a new name. */
function NewListDialog({ filters, onClose }: DialogProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [id] = useKeptId()
  const read = { id, name: '', shared: false, isOwn: true, ownerName: '', filters }
  const change = useSaveList(read)
  const open = () => {
    onClose()
    void navigate(`/find?list=${id}`)
  }
  const keep = async (saved: Promise<SavedList | undefined>) => {
    const done = await saved
    if (!done) return
    toast(t`“${done.name}” is saved.`)
    open()
  }
  return (
    <ListDialog
      title={t`Save this list`}
      {...{ onClose, saving: change.saving }}
      onSave={(said) => void keep(change.save({ ...said, filters }))}
    >
      <ListElsewhereNotice
        {...{ read, change }}
        onSaveOver={() => void keep(change.saveOver())}
        onLeaveIt={open}
      />
    </ListDialog>
  )
}

/** Another name, or shared: `list` as it was when the dialog opened, whatever comes in beneath. */
function RenameDialog({ list, onClose }: Readonly<{ list: SavedList; onClose: () => void }>) {
  const { t } = useLingui()
  const [read] = useState(list)
  const change = useSaveList(read)
  const keep = async (saved: Promise<SavedList | undefined>) => {
    const done = await saved
    if (!done) return
    toast(t`“${done.name}” is saved.`)
    onClose()
  }
  return (
    <ListDialog
      title={t`Rename or share`}
      {...{ read, onClose, saving: change.saving }}
      onSave={({ name, shared }) =>
        void keep(
          change.save({
            ...(name === read.name ? {} : { name }),
            ...(shared === read.shared ? {} : { shared }),
          }),
        )
      }
    >
      <ListElsewhereNotice
        {...{ read, change }}
        onSaveOver={() => void keep(change.saveOver())}
        onLeaveIt={() => {
          change.leaveIt()
          onClose()
        }}
      />
    </ListDialog>
  )
}

type NameAndSharing = Pick<SavedList, 'name' | 'shared'>

type ListDialogProps = Readonly<{
  title: string
  read?: NameAndSharing
  saving: SaveState
  onSave: (said: NameAndSharing) => void
  onClose: () => void
  children?: ReactNode
}>

function ListDialog({ title, read, saving, onSave, onClose, children }: ListDialogProps) {
  const { t } = useLingui()
  const [name, setName] = useState(read?.name ?? '')
  const [shared, setShared] = useState(read?.shared ?? false)
  const [tried, setTried] = useState(false)
  const fault = name.trim() ? undefined : t`Give the list a name`
  const save = () => {
    setTried(true)
    if (!fault) onSave({ name: name.trim(), shared })
  }
  return (
    <Dialog
      open
      {...{ title, onClose }}
      actions={<TwoWaysOut pending={saving.pending} onSave={save} onCancel={onClose} />}
    >
      <SaveNote saving={saving} />
      {children}
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
