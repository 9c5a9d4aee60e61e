import type { Patient } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { careHomeIn, homePlaceIn } from '#domain/home/care-home.ts'
import { residentsAnswer, residentsRequest } from '#domain/home/residents-request.ts'
import { deathIn } from '#domain/person/death.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** By reference; those whose contact has no reference yet by the name of the home. */
const livesIn = (patient: Patient, home: string) =>
  isReference.test(home)
    ? `Organization/${homePlaceIn(patient)}` === home
    : same(careHomeIn(patient)?.name ?? '', home)
const isReference = /^Organization\/[A-Za-z0-9.-]{1,64}$/

const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

/** Who lives in one care home, of the people that the caller may see anyway. Each of them sees that it was asked. */
export const residentsOperation: Operation = {
  name: 'residents',
  on: 'type',
  type: 'Patient',
  changes: false,
  purpose:
    'Who lives in a care home (home: Organization/id, or its name), of the people that the caller may see',
  async run(call) {
    const { actor, context, sql, scope, now, today } = call
    if (!isStaff(actor) && actor.role !== 'admin')
      throw forbidden('Only people who care for others can list people')
    const { home } = askedParameters(call, residentsRequest)
    if (!home) throw new FhirProblem(400, 'required', 'Say which care home (home)')
    const params = new Params()
    const { rows } = await sql.query<{ id: string; content: unknown }>(
      `select r.id, r.content from resource r
       where r.rt = 'Patient' and r.content is not null
         and r.content -> 'contact' @> '[{"relationship": [{"coding": [{"code": "care-home"}]}]}]'
         and exists (select 1 from jsonb_array_elements(r.content -> 'contact') c
           where c -> 'organization' ->> 'reference' = ${params.add(home, 'text')}
             or lower(btrim(c -> 'organization' ->> 'display')) = lower(${params.add(home, 'text')}))
         and ${scopeSql(scope, 'r', params, now)}
       order by r.rid`,
      params.values,
    )
    const people = rows
      .map(({ id, content }) => ({ ...(storedRecord(content) as Patient), id }))
      .filter((each) => livesIn(each, home) && !deathIn(each))
    const what = new Map(people.map(({ id }) => [id, [`Patient/${id}`]]))
    await note(context, what, { act: 'R', way: '$residents' })
    return residentsAnswer.write({
      residents: people.map(({ id, name, birthDate = '' }) => ({
        ...{ id, birthDate, name: nameInWords(name, today) },
      })),
    })
  },
}
