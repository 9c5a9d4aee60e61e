import type { Bundle } from '@medplum/fhirtypes'
import type { FindFilter } from '#domain/case/find-people.ts'
import {
  listRequest,
  longestListName,
  markSeenRequest,
  type SavedList,
  saveListRequest,
} from '#domain/list/saved-list.ts'
import { savedListToFhir } from '#domain/list/saved-list-fhir.ts'
import { versionTag, versionWanted } from '#server/http/responses.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { listFor, listsOf, mustKeepLists, readerOf } from './list-for.ts'
import { forgetSeen, isStandardList, markShownAsSeen } from './list-news.ts'
import { requestOfList, withFixedOrder } from './list-order.ts'

const mostLists = 100

/** The lists that the caller saved, and those that colleagues share. */
export const savedListsOperation: Operation = {
  name: 'saved-lists',
  on: 'type',
  type: 'Group',
  changes: false,
  purpose:
    'The saved lists of “Find people” that the caller may open, own and shared by colleagues, as Groups without members',
  async run(call): Promise<Bundle> {
    mustKeepLists(call.actor)
    const lists = await listsOf(call)
    return {
      ...{ resourceType: 'Bundle', type: 'collection' },
      entry: lists.map((list) => ({ resource: savedListToFhir(list) })),
    }
  },
}

/** Saves filters under a name, or changes a list of the caller’s own: its name, filters, and whether it is shared. */
export const saveListOperation: Operation = {
  name: 'save-list',
  on: 'type',
  type: 'Group',
  changes: true,
  purpose:
    'Saves the filters of “Find people” under a name, or changes a list of the caller’s own (with If-Match of its version): id, name, shared (with the organisation), restore (puts a deleted one back in the same step), and the filters of $find-people',
  async run(call) {
    mustKeepLists(call.actor)
    const {
      id,
      name: sent,
      shared,
      restore,
      ...sentFilters
    } = askedParameters(call, saveListRequest)
    const name = sent.trim()
    if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id))
      throw new FhirProblem(400, 'value', 'Give the list an id')
    if (!name) throw new FhirProblem(422, 'required', 'Give the list a name')
    if (name.length > longestListName)
      throw new FhirProblem(422, 'too-long', `A name has ${longestListName} characters at most`)
    await mustBeOwn(call, id)
    const filters = await withFixedOrder(call, sentFilters)
    await save(call, { id, name, shared, restore, filters })
    return savedListToFhir(await listFor(call, id))
  },
}

type Sent = Pick<SavedList, 'id' | 'name' | 'shared' | 'filters'> & Readonly<{ restore: boolean }>

async function save(call: OperationCall, list: Sent): Promise<void> {
  const { actor, context } = call
  const organisation = actor.organisation ?? ''
  const edit = versionWanted(call.request.headers.get('if-match'))
  const stood = await stoodAs(call, list)
  const asksForOthers = stood !== undefined && (await isOtherFilters(call, stood.filters, list))
  // nothing new: sent twice because the first answer was lost
  if (stood && !stood.deleted && !asksForOthers && isSameFor(stood, { ...list, organisation }))
    return
  mustHaveRead(stood, edit)
  const { changed } = await context.service.sql.query(
    `insert into saved_list (id, owner, owner_name, organisation, name, shared, filters)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb)
     on conflict (id) do update set name = excluded.name, shared = excluded.shared, filters = excluded.filters,
       organisation = excluded.organisation, owner_name = excluded.owner_name, edit = saved_list.edit + 1, deleted = false,
       filters_changed = coalesce($8::timestamptz, saved_list.filters_changed)
     where saved_list.owner = excluded.owner and saved_list.edit = $9::integer and (not saved_list.deleted or $10::boolean)`,
    [
      ...[list.id, readerOf(actor), actor.name, organisation, list.name, list.shared],
      ...[JSON.stringify(list.filters), asksForOthers ? call.now.toISOString() : null],
      ...[edit ?? null, list.restore],
    ],
  )
  if (changed === 0) throw staleList()
  if (asksForOthers) await forgetSeen(call, list.id)
}

/** A list that is sent as a new one, and is there with something else, was saved before: that answer was lost. */
function mustHaveRead(stood: Stood | undefined, edit: number | undefined): void {
  if (!stood && edit !== undefined) throw notFound()
  if (stood && edit !== stood.edit) throw staleList(stood.edit)
}

/** `edit`: as it is now, for whoever may change it. */
const staleList = (edit?: number) =>
  new FhirProblem(
    412,
    'conflict',
    'This list was changed since you read it. Look at it as it is now, then save yours again',
    edit === undefined ? {} : { headers: { ETag: versionTag(edit) } },
  )

type Stood = Pick<SavedList, 'edit' | 'name' | 'shared' | 'filters'> &
  Readonly<{ organisation: string; deleted: boolean }>

const sharing = ({ name, shared, organisation }: Omit<Stood, 'edit' | 'filters' | 'deleted'>) =>
  JSON.stringify([name, shared, organisation])
const isSameFor = (one: Parameters<typeof sharing>[0], other: Parameters<typeof sharing>[0]) =>
  sharing(one) === sharing(other)

/** The list as it stands. Throws 404 if it is deleted and not to be put back: what is saved into it nobody would see. */
async function stoodAs(call: OperationCall, { id, restore }: Sent): Promise<Stood | undefined> {
  const { rows } = await call.context.service.sql.query<
    Omit<Stood, 'filters'> & { filters: FindFilter | string }
  >('select edit, name, shared, organisation, filters, deleted from saved_list where id = $1', [id])
  const [row] = rows
  if (row?.deleted && !restore) throw notFound()
  return row && { ...row, filters: storedRecord<FindFilter>(row.filters) }
}

async function isOtherFilters(
  call: OperationCall,
  stood: FindFilter,
  { filters }: Sent,
): Promise<boolean> {
  const asked = async (each: FindFilter) =>
    JSON.stringify(Object.entries(await requestOfList(call, each)).toSorted())
  return (await asked(stood)) !== (await asked(filters))
}

/** A list of somebody else is not changed: 403 if the caller may open it, else as if its id were in use elsewhere. */
async function mustBeOwn(call: OperationCall, id: string): Promise<void> {
  const { actor, context } = call
  const { sql } = context.service
  const { rows } = await sql.query<{ owner: string }>(
    'select owner from saved_list where id = $1',
    [id],
  )
  const owner = rows[0]?.owner
  if (owner === readerOf(actor)) return
  if (owner !== undefined) {
    const isShared = (await listsOf(call, id)).length > 0
    throw isShared ? forbidden('Only the person who made this list can change it') : notFound()
  }
  if ((await listsOf(call)).filter(({ isOwn }) => isOwn).length >= mostLists)
    throw new FhirProblem(422, 'too-costly', `You have ${mostLists} lists. Delete one first`)
}

const versionMissing = () =>
  new FhirProblem(428, 'required', 'Send If-Match with the version of the list that you read')

/** Takes a list away, or puts it back. */
export const deleteListOperation: Operation = {
  name: 'delete-list',
  on: 'type',
  type: 'Group',
  changes: true,
  purpose:
    'Deletes a saved list of the caller’s own (id, with If-Match of its version), or puts it back (restore)',
  async run(call): Promise<Bundle> {
    mustKeepLists(call.actor)
    const { id, restore } = askedParameters(call, listRequest)
    const { sql } = call.context.service
    const { rows } = await sql.query<{ edit: number }>(
      'select edit from saved_list where id = $1',
      [id],
    )
    const [stood] = rows
    if (!stood) throw notFound()
    await mustBeOwn(call, id)
    const edit = versionWanted(call.request.headers.get('if-match'))
    if (edit === undefined) throw versionMissing()
    const { changed } = await sql.query(
      'update saved_list set deleted = $2::boolean where id = $1 and edit = $3::integer',
      [id, !restore, edit],
    )
    if (changed === 0) throw staleList(stood.edit)
    return (await savedListsOperation.run(call)) as Bundle
  },
}

/** The caller has seen who was in a list when they were shown it: from there on the list says what changed. */
export const markListSeenOperation: Operation = {
  name: 'mark-list-seen',
  on: 'type',
  type: 'Group',
  changes: true,
  purpose:
    'Notes who was in a saved list (id), or in the first of the list without filters (standard/ and its order), when the caller was shown it (stamp, of the news of $find-people): from then on $find-people with this cohort says what changed, to the caller alone',
  async run(call) {
    mustKeepLists(call.actor)
    const { id, stamp } = askedParameters(call, markSeenRequest)
    const list = isStandardList(id) ? undefined : await listFor(call, id)
    await markShownAsSeen(call, id, stamp)
    return list ? savedListToFhir(list) : { resourceType: 'Parameters' }
  },
}
