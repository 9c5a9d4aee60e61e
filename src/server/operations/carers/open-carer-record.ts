import type { Consent, Patient, RelatedPerson } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { numberOf } from '#domain/carer/carer.ts'
import type { CarerOffer } from '#domain/carer/carer-offer.ts'
import { openCarerRecordAnswer, openCarerRecordRequest } from '#domain/carer/carers-answer.ts'
import { caseToFhir, firstTeam } from '#domain/case/fhir.ts'
import { gableCodeSystem, hl7CodeSystem, nhsNumberSystem } from '#domain/fhir/codes.ts'
import { ownCode, referenceTo, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import type { Who } from '#domain/plan/plan.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { hasLastingAccess } from '#server/authorization/lasting-access.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { carerOfPerson, recordsAroundCarers } from '#server/carer/carers-of.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import { isFreeForRecord } from '#server/carer/linked-record.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

const way = '$open-carer-record'

/**
 * Opens a record of their own for a carer who said yes to it. The yes is kept as a Consent in the new record; whoever
 * opens it leads the carer’s case. Nobody else who looks after the person cared for gets access by that.
 */
export const openCarerRecordOperation: Operation = {
  name: 'open-carer-record',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Opens a record of their own for a carer who said yes to an assessment: carer, and agreed, how the carer agreed to the record in words',
  async run(call) {
    const { context, id: person = '', today } = call
    const { carer, agreed } = askedParameters(call, openCarerRecordRequest)
    if (!agreed.trim())
      throw new FhirProblem(400, 'required', 'Say how the carer agreed to a record: agreed')
    return await withinRecord(
      context,
      async (inside) => {
        const { actor } = inside
        const isNamed = (await relationTo(inside, person)) === 'named'
        // a guest would keep the new record when their part here is over
        const mayStay = isNamed && (await hasLastingAccess(inside, person))
        if (!isStaff(actor) || !actor.practitioner || !mayStay)
          throw forbidden('Only professionals who are named in the care open a carer’s record')
        const relative = await carerOfPerson(inside, person, carer)
        await mustHaveSaidYes(inside, person, carer)
        const id = await opened(inside, { relative, today, agreed: agreed.trim() })
        return openCarerRecordAnswer.write({ record: id })
      },
      person,
    )
  },
}

async function mustHaveSaidYes(
  { service }: RequestContext,
  person: string,
  carer: string,
): Promise<void> {
  const { offers } = await recordsAroundCarers(service.sql, person)
  const last: CarerOffer | undefined = offers.findLast((each) => each.carer === carer)
  if (last?.replies.at(-1)?.answer === 'yes') return
  throw new FhirProblem(
    ...([422, 'business-rule'] as const),
    'The carer has not said yes yet. Offer an assessment first, and keep the answer',
  )
}

type Opening = Readonly<{ relative: RelatedPerson & { id: string }; today: string; agreed: string }>

async function opened(context: RequestContext, opening: Opening): Promise<string> {
  const { relative, agreed, today } = opening
  const { service, now, actor } = context
  const number = numberOf(relative, today) ?? ''
  // two who open it at once wait for each other
  await service.sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${way} ${number}`,
  ])
  const isFree = await isFreeForRecord(service.store, relative, today)
  // the same answer whether the number is missing, wrong, or has a record here: that is not for the caller to know
  if (!isFree)
    throw new FhirProblem(
      ...([422, 'business-rule'] as const),
      'No record can be opened with the NHS number that is written here for the carer. Ask the carer for it, or to sign in',
    )
  const id = `p-${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  const { who } = writerOf(context, id)
  const { organisation } = actor
  const patient = patientFor(relative, { id, number, organisation })
  const at = now.toISOString()
  const found = {
    ...{ id: `case-${crypto.randomUUID()}`, person: id, coordinator: who, since: at },
    ...{ state: 'open' as const, ...(organisation ? { organisation } : {}) },
  }
  const team = firstTeam(found, who, nameInWords(relative.name, today))
  const records = [patient, caseToFhir(found, at), team, agreement({ id, who, agreed, at })]
  await keepRecords(context, records, { person: id, way, custodian: organisation, vouched: true })
  return id
}

type Facts = Readonly<{ id: string; number: string; organisation: string | undefined }>

/** Who the carer is, as far as it is known: nothing about the person they care for. */
const patientFor = (
  { name, telecom, address, gender, birthDate }: RelatedPerson,
  { id, number, organisation }: Facts,
): Patient & { id: string } => ({
  ...{ resourceType: 'Patient', id, active: true },
  identifier: [{ system: nhsNumberSystem, value: number }],
  ...(name ? { name } : {}),
  ...(telecom ? { telecom } : {}),
  ...(address ? { address } : {}),
  ...(gender ? { gender } : {}),
  ...(birthDate ? { birthDate } : {}),
  ...(organisation ? { managingOrganization: { reference: `Organization/${organisation}` } } : {}),
})

type Agreed = Readonly<{ id: string; who: Who; agreed: string; at: string }>

/** That the carer agreed to a record, how, and who wrote it down. It opens nothing to anybody. */
function agreement({ id, who, agreed, at }: Agreed): Consent & { id: string } {
  const patient = { reference: `Patient/${id}` }
  return {
    ...{ resourceType: 'Consent', id: `carer-record-${id}`, status: 'active' },
    scope: { coding: [{ system: hl7CodeSystem('consentscope'), code: 'treatment' }] },
    category: [{ coding: [{ system: gableCodeSystem, code: 'carer-record' }], text: agreed }],
    policyRule: ownCode('carer-record'),
    patient,
    dateTime: at,
    performer: [patient],
    ...withExtensions(undefined, { 'supported-by': [{ valueReference: referenceTo(who) }] }),
  }
}
