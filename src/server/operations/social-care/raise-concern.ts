import { isStaff } from '#domain/access/actor.ts'
import {
  type ConcernFault,
  concernFaults,
  concernToFhir,
  raiseConcernRequest,
  safeguardingAnswer,
} from '#domain/social-care/safeguarding.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { unsound } from '#server/social-care/kept-records.ts'
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
 * Raises a safeguarding concern (Care Act 2014, section 42). It goes to the social workers named in the person’s care;
 * nobody else learns that there is one, and whoever raises it reads what they said and how far it is.
 */
export const raiseConcernOperation: Operation = {
  name: 'raise-concern',
  on: 'system',
  changes: true,
  alone: true,
  purpose:
    'Raises a safeguarding concern about a person: patient, id (made by the client), about, risk, wishes (the person’s own), consent (given, refused, not-asked), withoutConsent (why), safety (what was done now), source (who may be a source of harm, and never reads it); for professionals who care for the person',
  async run({ context, actor, body }) {
    if (!isStaff(actor) || !actor.practitioner)
      throw forbidden('Professionals raise a safeguarding concern here. Call the council')
    const asked = askedParameters({ ...(body ? { body } : {}) }, raiseConcernRequest)
    const { patient: person, id, sources, ...said } = asked
    if (!['named', 'related'].includes(await relationTo(context, person))) throw notFound()
    const [fault] = concernFaults(asked)
    if (fault) throw unsound(...words[fault])
    if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw new FhirProblem(400, 'value', 'Give it an id')
    const harmful = await sourcesOfHarm(context, sources)
    return await withinRecord(
      context,
      async (inside) => {
        // a retry finds it: whose it is, is told to nobody
        if (await inside.service.store.read('Basic', id, everyone))
          return safeguardingAnswer.write({ concerns: [] })
        const me = { reference: `Practitioner/${actor.practitioner}`, name: actor.name }
        const at = inside.now.toISOString()
        const record = concernToFhir({
          ...{
            ...said,
            sources: harmful,
            id,
            person,
            notes: [],
            members: [],
            raisedBy: me,
            raisedAt: at,
          },
          written: { by: { ...me, voice: 'professional' }, at },
        })
        await keepRecords(inside, [record], { person, way: '$raise-concern' })
        return safeguardingAnswer.write({ concerns: [] })
      },
      person,
    )
  },
}
