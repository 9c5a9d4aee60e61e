import type {
  CarePlan,
  CareTeam,
  EpisodeOfCare,
  Flag,
  RelatedPerson,
  Resource,
} from '@medplum/fhirtypes'
import { namesOf } from '#domain/access/actor.ts'
import { withClosing } from '#domain/alert/closing.ts'
import { addDays } from '#domain/calendar/days.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import {
  extensionsOf,
  idIn,
  referenceTo,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import type { Who } from '#domain/plan/plan.ts'
import {
  betterWithoutWords,
  carerIllFlag,
  carerIllIdFor,
  dayOfIllness,
  illCarerIn,
  illnessPlanIn,
  isCarerIll,
  setOffBy,
  setOffParts,
} from '#domain/plan/worse/carer-ill.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/** How long ago a day may be that was said without a network. */
const latest = 7

const refused = (text: string) => new FhirProblem(422, 'business-rule', text)

/**
 * That a carer is ill, as it is stored: who set it off and when, and exactly what is set off, by the plan as it is now.
 * After that it can only be ended, with what was done if somebody says so, or set off again on the same day. Anything else stays as it is.
 */
export async function keepCarerIll<T extends ResourceWithId>(
  context: RequestContext,
  resource: T,
  { before, person }: Facts,
): Promise<T> {
  const standing = before?.resourceType === 'Flag' && isCarerIll(before) ? before : undefined
  const isIll = resource.resourceType === 'Flag' && isCarerIll(resource)
  if (!standing && !isIll) return resource
  if (!isIll || (before && !standing)) throw refused('A flag about a carer who is ill stays one')
  const flag = resource as Flag & { id: string }
  const kept = standing
    ? changed(context, standing, flag)
    : await begun(context, flag, person ?? '')
  return kept as ResourceWithId as T
}

async function begun(context: RequestContext, flag: Flag & { id: string }, person: string) {
  const day = dayOfIllness(flag)
  const today = dayIn(context.zone, context.now)
  if (day > today || day < addDays(today, -latest) || day.length !== 10)
    throw refused('The day on which the carer is ill is today, or within the last week')
  const carer = await carerOf(context, illCarerIn(flag) ?? '', person)
  if (flag.id !== carerIllIdFor(carer.reference, day))
    throw refused('The id of this flag is made of the day and the carer')
  const around = await recordsAround(context, person)
  const items = setOffBy({
    ...illnessPlanIn(around),
    carer,
    taskIdFor: (key) => `ill-${sha256Hex(`${person} ${flag.id} ${key}`).slice(0, 40)}`,
  })
  const fresh = carerIllFlag(person, carer, day)
  return {
    ...fresh,
    period: { start: context.now.toISOString() },
    author: referenceTo(writer(context, person)),
    ...withExtensions(fresh, {
      'carer-name': [{ valueString: carer.name }],
      'set-off-by': [{ valueReference: referenceTo(writer(context, person)) }],
      'set-off': items.map(setOffParts),
    }),
  }
}

/** Ended in the writer’s name, or set off again; nothing else changes. */
function changed(context: RequestContext, standing: Flag, flag: Flag & { id: string }): Flag {
  const stays = { ...standing, id: flag.id }
  if (flag.status === 'active' && standing.status === 'active') return stays
  const by = writer(context, idIn(standing.subject?.reference))
  const at = context.now.toISOString()
  if (flag.status === 'active') {
    const { end: _end, ...period } = standing.period ?? {}
    return { ...stays, status: 'active', period }
  }
  if (standing.status !== 'active') return stays
  const said = extensionsOf(flag, 'closing').at(-1)
  const words = said?.extension?.find(({ url }) => url === 'words')?.valueString?.trim()
  return withClosing(stays, { by, at, words: words || betterWithoutWords })
}

/** Somebody close to this person, who is not a professional; not one whose part has ended. */
async function carerOf(context: RequestContext, reference: string, person: string): Promise<Who> {
  const [type, id = ''] = reference.split('/')
  const stored =
    type === 'RelatedPerson' && id
      ? await context.service.store.read('RelatedPerson', id, everyone)
      : undefined
  const carer = stored?.resource as RelatedPerson | undefined
  if (!carer || stored?.person !== person || carer.active === false)
    throw refused('Say which carer is ill: one of the person’s own, who still helps')
  const name = nameInWords(carer.name, dayIn(context.zone, context.now))
  return { reference: `RelatedPerson/${id}`, name, voice: 'carer' }
}

function writer({ actor }: RequestContext, person: string): Who {
  if (actor.person === person)
    return { reference: `Patient/${person}`, name: actor.name, voice: 'person' }
  const relative = actor.caresFor?.find((each) => each.person === person)
  const reference = relative ? `RelatedPerson/${relative.relatedPerson}` : (namesOf(actor)[0] ?? '')
  return { reference, name: actor.name, voice: relative ? 'carer' : 'professional' }
}

type Row = Readonly<{ rt: string; id: string; content: unknown }>

/**
 * The plan by which it is set off, as the service knows it: whoever sets it off need not see all of it. A plan that is
 * restricted sets off only the call: what it says would be read by everybody who sees the flag.
 */
async function recordsAround({ service }: RequestContext, person: string) {
  const { rows } = await service.sql.query<Row>(
    `select r.rt, r.id, r.content from resource r
     where r.person = $1 and r.rt = any($2) and r.content is not null
       and (r.rt <> 'CarePlan' or r.room = 'roof') order by r.rid`,
    [person, ['EpisodeOfCare', 'CarePlan', 'CareTeam']],
  )
  const of = <R extends Resource>(type: R['resourceType']) =>
    rows
      .filter(({ rt }) => rt === type)
      .map(({ id, content }) => ({ ...(storedRecord(content) as R), id }))
  return {
    episodes: of<EpisodeOfCare>('EpisodeOfCare'),
    carePlans: of<CarePlan>('CarePlan'),
    teams: of<CareTeam>('CareTeam'),
  }
}
