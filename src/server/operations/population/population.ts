import { isStaff } from '#domain/access/actor.ts'
import { isComparedLine } from '#domain/population/compared-shown.ts'
import {
  type Population,
  populationParameters,
  populationRequest,
} from '#domain/population/population-parameters.ts'
import { fewestPeople } from '#domain/population/pyramid.ts'
import { lastRoundedPlace, shownCount, shownPlaces } from '#domain/population/shown-counts.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { secretFor } from '#server/store/encrypted-token.ts'
import { freshenPatientSummaries } from '#server/store/summary/freshen-patient-summaries.ts'
import { settledAnswer } from './answer.ts'
import { type PopulationFacts, populationFacts } from './facts.ts'
import { type AroundLine, aroundLine, lineAt } from './line.ts'
import { lineAnswer } from './line-answer.ts'
import { type Counted, countedBy } from './people-sql.ts'
import { type CoordinatorRoom, coordinatorRooms, placesIn } from './places.ts'

/** Who of all people could be helped most, as one argument: for the page “Our population”. */
export const populationOperation: Operation = {
  name: 'population',
  on: 'system',
  changes: false,
  purpose:
    'Counts of the population that the caller may see: who needs hospital most, bands, segments, chance by what could be changed, who is above the line of free places (or of places, to try another line), whether that is fair, who is missing, and how well the chance was counted. Managers get counts rounded to the nearest five, none below five, a line that ends before the last person, and pseudonyms instead of names; these and comparisons of groups only at the line of free places',
  async run(call) {
    const counted = countedBy(call)
    const { places: asked } = askedParameters(call, populationRequest)
    const { service, zone } = call.context
    await freshenPatientSummaries(service.sql, { now: call.now, zone })
    const coordinators = await coordinatorRooms(service.sql, call.actor)
    const facts = await standing(call, counted, () => populationFacts(counted, call))
    if (facts.total < fewestPeople) return populationParameters.write(nothingToSay(call, counted))
    const room = placesIn(coordinators, counted.exactness)
    const settled = settledAnswer(facts, counted, shownRoom(room?.all, counted))
    const free = shownRoom(room?.free, counted)
    const last = counted.exactness === 'exact' ? undefined : lastRoundedPlace(settled.eligible)
    const places = Math.min(
      shownPlaces(asked ?? room?.free ?? 0, counted.exactness),
      last ?? Number.POSITIVE_INFINITY,
    )
    const line = { ...call, total: facts.total, places }
    const above = await lineAt(counted, line)
    const tried = asked === undefined ? undefined : shownPlaces(asked, counted.exactness)
    const isCompared = isComparedLine({ asked: tried, free }, counted.exactness)
    // a line that is only tried would show one after the other
    const isTold = last === undefined || (last > 0 && isCompared && room !== undefined)
    const around = isTold ? await aroundLine(counted, line) : nobodyAround
    await noteShown(call, counted, around)
    const pseudonymOf = await pseudonyms(call, around)
    return populationParameters.write({
      ...empty(call, counted),
      ...settled,
      ...lineAnswer(facts, above, around, { ...counted, pseudonymOf, isCompared }),
      ...(await countedOn(call)),
      ...(free === undefined ? {} : { free }),
      ...(room ? { allPlaces: shownRoom(room.all, counted) } : {}),
      places,
      coordinators: coordinators.map((each) => shownCoordinator(each, counted)),
    })
  },
}

const nobodyAround: AroundLine = { first: undefined, below: [], also: 0 }

function shownRoom(room: number, counted: Counted): number
function shownRoom(room: number | undefined, counted: Counted): number | undefined
function shownRoom(room: number | undefined, { exactness }: Counted): number | undefined {
  return room === undefined ? undefined : shownPlaces(room, exactness)
}

async function standing(
  { context, now, today }: OperationCall,
  { scope, exactness }: Counted,
  count: () => Promise<PopulationFacts>,
): Promise<PopulationFacts> {
  const { counts } = context.service
  if (!counts || context.inTransaction) return await count()
  return await counts(JSON.stringify(['population', scope, exactness, today]), now, count)
}

/** Everybody whose name or lot is told has been looked at; of so few counts, too. */
async function noteShown(
  { context }: OperationCall,
  { exactness }: Counted,
  { first, below }: AroundLine,
): Promise<void> {
  if (exactness === 'rounded') return
  const shown = [...(first ? [first] : []), ...below].map(({ id }) => id)
  const what = new Map(shown.map((id) => [id, [`Patient/${id}`]]))
  await note(context, what, { act: 'R', way: '$population' })
}

/** Stable, and known to nobody but the service: the team and a manager can speak of the same person. */
async function pseudonyms({ context }: OperationCall, { first, below }: AroundLine) {
  const secret = await secretFor(context.service.sql, 'pseudonym')
  const key = await crypto.subtle.importKey(
    'raw',
    secret,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const of = new Map<string, string>()
  for (const { id } of [...(first ? [first] : []), ...below]) {
    const bytes = new Uint8Array(
      await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(id)),
    )
    of.set(id, Array.from(bytes.slice(0, 6), letterOf).join(''))
  }
  return (id: string) => of.get(id) ?? ''
}

/** Without letters and digits that look alike. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const letterOf = (byte: number) => letters[byte % letters.length] ?? ''

const maySet = ({ actor }: OperationCall) =>
  actor.organisation !== undefined &&
  actor.role !== 'program' &&
  (isStaff(actor) || actor.role === 'manager' || actor.role === 'admin')

function empty(call: OperationCall, { exactness }: Counted): Population {
  const none = shownCount('exact')(0)
  return {
    rounded: exactness === 'rounded',
    tooFew: false,
    ...{ total: none, placed: none, stays: none, nights: none, eligible: none, notNow: none },
    ...{ costs: [], withoutCost: none },
    ...{ curve: [], bands: [], segments: [], cells: [], coordinators: [], below: [] },
    ...{ compared: [], missing: [], calibration: [], alsoBelow: none },
    ...{ places: 0, selected: 0, maySetPlaces: maySet(call) },
  }
}

const nothingToSay = (call: OperationCall, counted: Counted): Population => ({
  ...empty(call, counted),
  tooFew: true,
})

async function countedOn({ context }: OperationCall): Promise<Readonly<{ countedOn?: string }>> {
  const { rows } = await context.service.sql.query<{ day: string }>(
    `select to_char(day, 'YYYY-MM-DD') as day from chance_count where people > 0`,
  )
  const [row] = rows
  return row ? { countedOn: row.day } : {}
}

function shownCoordinator(
  { people, ...rest }: CoordinatorRoom,
  { exactness }: Counted,
): Population['coordinators'][number] {
  const { id, name, places, setBy, setOn, earlier } = rest
  return {
    ...{ id, name, people: shownCount(exactness)(people) },
    ...(places === undefined ? {} : { places }),
    ...(setBy === undefined ? {} : { setBy }),
    ...(setOn === undefined ? {} : { setOn }),
    earlier,
  }
}
