import type { Resource } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import type { Who } from '#domain/plan/plan.ts'
import {
  type ConcernFault,
  type ConcernToRaise,
  concernFaults,
  concernFromFhir,
  concernToFhir,
  raiseConcernAnswer,
  raiseConcernRequest,
} from '#domain/social-care/safeguarding.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { unsound } from '#server/social-care/kept-records.ts'
import { reachesSocialWorker } from '#server/social-care/reaches-social-worker.ts'
import { sourcesOfHarm } from '#server/social-care/sources-of-harm.ts'
import { everyone } from '#server/store/access/access-scope.ts'

const words: Readonly<Record<ConcernFault, readonly [string, string]>> = {
  about: ['Say what happened, or what you fear', 'about'],
  risk: ['Say who is at risk, and of what', 'risk'],
  wishes: ['Say what the person wants to happen, in their own words', 'wishes'],
  'without-consent': ['Say why you raise it without the person’s consent', 'withoutConsent'],
  safety: ['Say what was done so that everybody is safe now', 'safety'],
}

/**
 * Raises a safeguarding concern (Care Act 2014, section 42): by a professional who cares for the person, by the person
 * themselves or by one of their carers. It goes to the social workers named in the person’s care; nobody else learns
 * that there is one. A professional reads what they said and how far it is; at home nothing of it can be read again,
 * because others may look at the same screen. Answers whether anybody reads it.
 */
export const raiseConcernOperation: Operation = {
  name: 'raise-concern',
  on: 'system',
  changes: true,
  alone: true,
  purpose:
    'Raises a safeguarding concern about a person: patient, id (made by the client), about, risk, wishes (the person’s own), consent (given, refused, not-asked), withoutConsent (why), safety (what was done now), source (who may be a source of harm, and never reads it); for professionals who care for the person, for the person and for their carers (about alone has to be said); returns reached: whether a social worker of this care reads it',
  async run({ context, body }) {
    const asked = askedParameters({ ...(body ? { body } : {}) }, raiseConcernRequest)
    const { patient: person, id, sources, ...said } = asked
    const by = await whoRaises(context, person)
    const [fault] = concernFaults(asked, by.voice)
    if (fault) throw unsound(...words[fault])
    if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw new FhirProblem(400, 'value', 'Give it an id')
    const harmful = await sourcesOfHarm(context, sources)
    const answer = async (inside: RequestContext) =>
      raiseConcernAnswer.write({ reached: await reachesSocialWorker(inside, person, harmful) })
    return await withinRecord(
      context,
      async (inside) => {
        const me = { reference: by.reference, name: by.name }
        const at = inside.now.toISOString()
        const raised = { ...said, sources: harmful, id, person }
        const standing = await inside.service.store.read('Basic', id, everyone)
        if (standing) {
          mustBeTheSame(standing.resource, { ...raised, by: me.reference })
          return await answer(inside)
        }
        const record = concernToFhir({
          ...{ ...raised, notes: [], members: [], removed: [] },
          ...{ raisedBy: me, raisedAt: at, written: { by, at } },
        })
        await keepRecords(inside, [record], { person, way: '$raise-concern' })
        return await answer(inside)
      },
      person,
    )
  },
}

/** The caller as the author. Throws 403 for managers, administrators and programs, 404 for whoever has no part in the care. */
async function whoRaises(context: RequestContext, person: string): Promise<Who> {
  const { actor } = context
  const { name, practitioner } = actor
  if (actor.person === person) return { reference: `Patient/${person}`, name, voice: 'person' }
  const carer = actor.caresFor?.find((each) => each.person === person)
  if (carer) return { reference: `RelatedPerson/${carer.relatedPerson}`, name, voice: 'carer' }
  const isAtHome = actor.person !== undefined || (actor.caresFor ?? []).length > 0
  const mayCare = isAtHome || (isStaff(actor) && practitioner !== undefined)
  if (!mayCare)
    throw forbidden(
      'The person, their carers and professionals raise a concern here. Call the council',
    )
  const relation = await relationTo(context, person)
  if (!(practitioner && ['named', 'related'].includes(relation))) throw notFound()
  return { reference: `Practitioner/${practitioner}`, name, voice: 'professional' }
}

type Raised = Omit<ConcernToRaise, 'patient'> & Readonly<{ person: string; by: string }>

/** A retry says the same in the same name. Anything else under this id is refused: whose it is, is told to nobody. */
function mustBeTheSame(standing: Resource | undefined, asked: Raised): void {
  const kept = standing?.resourceType === 'Basic' ? concernFromFhir(standing) : undefined
  const same =
    kept &&
    kept.person === asked.person &&
    kept.raisedBy.reference === asked.by &&
    (['about', 'risk', 'wishes', 'consent', 'withoutConsent', 'safety'] as const).every(
      (part) => kept[part] === asked[part],
    ) &&
    asked.sources.every(({ reference }) =>
      kept.sources.some((each) => each.reference === reference),
    )
  if (!same) throw new FhirProblem(409, 'conflict', 'This id is in use')
}
