import type { Basic, EpisodeOfCare, Organization, Practitioner } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import { awayFor, coverFor } from '#domain/cover/away-now.ts'
import { coordinatorChangeFromFhir } from '#domain/cover/coordinator-change.ts'
import { type WhoCovers, whoCoversAnswer } from '#domain/cover/who-covers.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { numbers } from '#domain/person/contact-sheet.ts'
import { awayNow } from '#server/cover/kept-absences.ts'
import { worksIn } from '#server/cover/works-in.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** Whom to ask while whoever coordinates the care is away. Nothing about why. */
export const whoCoversOperation: Operation = {
  name: 'who-covers',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'Whom to ask now: whether whoever coordinates the care is away, until which day, who is asked meanwhile and their telephone; and whether somebody else coordinates the care since the last 30 days, who did before, and why; for everybody who may know who coordinates the care. Never why somebody is away',
  async run(call) {
    const episode = await openCase(call)
    const away = await awayNow(call.context)
    const coordinator = episode?.careManager?.reference
    const place = episode?.managingOrganization?.reference
    const here = awayFor(away, { coordinator, organisation: place })
    const found = coverFor(here, coordinator, call.id ?? '')
    const changed = episode ? await changeOf(call, episode) : {}
    if (!found) return whoCoversAnswer.write(changed)
    const { absent, cover, until } = found
    const organisation = idIn(place)
    const isHere = await worksIn(call.context, cover.reference, organisation)
    const phone = await phoneOf(call, isHere ? idIn(cover.reference) : '', organisation)
    const name = absent.name || (episode?.careManager?.display ?? '')
    return whoCoversAnswer.write({ ...changed, away: { name, until, cover: cover.name, phone } })
  },
}

/** Of those that the caller may know of. */
async function openCase({ id = '', sql, scope, now }: OperationCall) {
  const params = new Params()
  const { rows } = await sql.query<{ content: unknown }>(
    `select r.content from resource r where r.rt = 'EpisodeOfCare' and r.content is not null
       and r.person = ${params.add(id, 'text')} and r.content ->> 'status' in ('active', 'onhold')
       and ${scopeSql(scope, 'r', params, now)} order by r.content ->> 'status', r.id limit 1`,
    params.values,
  )
  const [row] = rows
  return row && (storedRecord(row.content) as EpisodeOfCare)
}

/** So many days, somebody who coordinates the care since a short time is told of. */
const daysTold = 30

/** The last change of who coordinates the care, if it is of the last days and stands. */
async function changeOf(
  { context, id = '', today }: OperationCall,
  { careManager }: EpisodeOfCare,
): Promise<Pick<WhoCovers, 'changed'>> {
  const { rows } = await context.service.sql.query<{ content: unknown }>(
    `select content from resource where rt = 'Basic' and person = $1 and id like 'change-%'
       and content is not null order by rid desc`,
    [id],
  )
  const [last] = rows
    .flatMap(({ content }) => coordinatorChangeFromFhir(storedRecord(content) as Basic) ?? [])
    .filter(({ undone, to }) => !undone && to.reference === careManager?.reference)
  if (!last) return {}
  const since = dayOf(last.at, context.zone)
  if (since < addDays(today, -daysTold)) return {}
  const { to, from, reason: why } = last
  return { changed: { name: to.name, since, before: from.name, why } }
}

/** Their own, or the one of the organisation; of whoever works elsewhere only the latter. */
async function phoneOf(
  { context, today }: OperationCall,
  practitioner: string,
  organisation: string,
): Promise<string> {
  const { store } = context.service
  const who = practitioner
    ? (await store.read('Practitioner', practitioner, everyone))?.resource
    : undefined
  const own = numbers((who as Practitioner | undefined)?.telecom, today).phones[0]?.value
  if (own || !organisation) return own ?? ''
  const place = (await store.read('Organization', organisation, everyone))?.resource
  return numbers((place as Organization | undefined)?.telecom, today).phones[0]?.value ?? ''
}
