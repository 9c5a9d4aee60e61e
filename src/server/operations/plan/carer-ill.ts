import type { Flag, RelatedPerson } from '@medplum/fhirtypes'
import { withClosing } from '#domain/alert/closing.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import {
  betterWithoutWords,
  type CarerIllness,
  carerIllFlag,
  carerIllFromFhir,
  carerIllIdFor,
  isCarerIll,
  type SetOff,
} from '#domain/plan/worse/carer-ill.ts'
import {
  type CarerIllRequest,
  carerIllAnswer,
  carerIllRequest,
} from '#domain/plan/worse/carer-ill-request.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { prepareRecord, storeRecord } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/**
 * A carer is ill today: what the plan says for that day is set off in one transaction. It writes the same flag as the
 * screens, with the same checks, so it may be repeated, and works the same when it was queued without a network.
 */
export const carerIllOperation: Operation = {
  name: 'carer-ill',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Sets off what the plan says for a day on which a carer is ill: tasks and calls, once a day for each carer; carer, preview (only says what would happen), better with words, or without (ends it). Returns what was set off, and what nobody can do',
  async run(call) {
    const { id = '', context, today } = call
    const wish = askedParameters(call, carerIllRequest)
    const carer = await carerAsked(context, id, wish)
    const flag = carerIllFlag(id, { reference: carer, name: '', voice: 'carer' }, today)
    const place = { person: id, id: carerIllIdFor(carer, today) }
    return await withinRecord(context, async (inside) => {
      const standing = await standsAt(inside, place)
      if (wish.better) return await ended(inside, standing, wish.words)
      const already = standing?.flag.status === 'active'
      const wished = standing ? { ...standing.flag, status: 'active' as const } : flag
      const record = {
        resource: { ...wished, id: place.id },
        ...(standing ? { version: standing.version } : { onlyNew: true }),
      }
      // the same checks, and nothing is written
      if (wish.preview || already) {
        const { request } = await prepareRecord(inside, record)
        return answer(request.resource as Flag, { already, preview: wish.preview })
      }
      const { kept } = await storeRecord(inside, record)
      return answer(kept.resource as Flag, {})
    })
  },
}

type Place = Readonly<{ person: string; id: string }>
type Standing = Readonly<{ flag: Flag; version: number }>

async function standsAt(
  { service }: RequestContext,
  { person, id }: Place,
): Promise<Standing | undefined> {
  const stored = await service.store.read('Flag', id, everyone)
  const flag = stored?.resource
  if (stored?.person !== person || flag?.resourceType !== 'Flag' || !isCarerIll(flag))
    return undefined
  return { flag, version: stored.version }
}

async function ended(
  context: RequestContext,
  standing: Standing | undefined,
  words: string,
): Promise<ReturnType<typeof carerIllAnswer.write>> {
  if (!standing) throw new FhirProblem(404, 'not-found', 'Nobody has said that this carer is ill')
  const { flag, version } = standing
  const by = { reference: '', name: context.actor.name, voice: 'professional' as const }
  const resource = withClosing(flag, {
    ...{ by, at: context.now.toISOString(), words: words || betterWithoutWords },
  })
  const { kept } = await storeRecord(context, { resource, version })
  return answer(kept.resource as Flag, { ended: true })
}

type Marks = Readonly<{ already?: boolean; preview?: boolean; ended?: boolean }>

function answer(flag: Flag, marks: Marks) {
  const illness: Pick<CarerIllness, 'setOff'> = carerIllFromFhir(flag) ?? { setOff: [] }
  const shown = ({ what, who, phone, task }: SetOff) => ({
    ...{ what, task, ...given('who', who), ...given('phone', phone) },
  })
  return carerIllAnswer.write({
    ...{ flag: flag.id ?? '', already: false, preview: false, ended: false, ...marks },
    setOff: illness.setOff.filter(({ who }) => who !== '').map(shown),
    nobody: illness.setOff.filter(({ who }) => who === '').map(shown),
  })
}

/** The carer named, the caller, or the only one. */
async function carerAsked(
  { actor, service }: RequestContext,
  person: string,
  { carer }: CarerIllRequest,
): Promise<string> {
  if (carer) return carer
  const own = actor.caresFor?.find((each) => each.person === person)
  if (own) return `RelatedPerson/${own.relatedPerson}`
  const { rows } = await service.sql.query<{ id: string; content: unknown }>(
    `select r.id, r.content from resource r
     where r.person = $1 and r.rt = 'RelatedPerson' and r.content is not null order by r.rid`,
    [person],
  )
  const current = rows.filter(
    ({ content }) => (storedRecord(content) as RelatedPerson).active !== false,
  )
  const [only] = current
  if (!only || current.length > 1)
    throw new FhirProblem(400, 'required', 'Say which carer is ill: carer')
  return `RelatedPerson/${only.id}`
}
