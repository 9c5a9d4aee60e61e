import type { CareTeam, Patient, RelatedPerson } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { sharedAccessLabels } from '#domain/access/labels/access-label.ts'
import { carerFromFhir, numberOf } from '#domain/carer/carer.ts'
import { addCarerAnswer, addCarerRequest } from '#domain/carer/carers-answer.ts'
import { consentToFhir } from '#domain/consent/consent-fhir.ts'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import type { In } from '#domain/fhir/parameters.ts'
import { referenceTo, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { nhsNumbers } from '#domain/person/someone-else.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { hasLastingAccess } from '#server/authorization/lasting-access.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { recordsAroundCarers, teamsOf } from '#server/carer/carers-of.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { mustBeShort } from '#server/validation/short-words.ts'

const way = '$add-carer'
const most = 20

/**
 * Adds somebody who cares for the person. What the person shares counts at once; what a professional writes down waits
 * for the person to agree.
 */
export const addCarerOperation: Operation = {
  name: 'add-carer',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Adds a carer, by the person or a professional named in the care: name, relationship, phone, nhs-number, does, lives-with, and sees, the rooms that are shared. already: somebody of this name and relationship helps already, and nothing was written',
  async run(call) {
    const { context, id: person = '' } = call
    const asked = checked(askedParameters(call, addCarerRequest))
    return await withinRecord(
      context,
      async (inside) => {
        const isOwn = await mayAdd(inside, person)
        const standing = await sameCarer(inside, person, { ...call, asked })
        if (standing) return addCarerAnswer.write({ carer: standing, already: true })
        const carer = crypto.randomUUID()
        const relative = relativeFrom(asked, { id: carer, person, today: call.today })
        await mustBeLiving(inside, person, 'carer')
        await mustBeNew(inside, person, { asked, today: call.today })
        const share = shareWith(inside, { asked, person, carer, isOwn })
        const teams = await teamsWith(inside, relative, person)
        await keepRecords(inside, [relative, ...teams, ...(share ? [share] : [])], { person, way })
        return addCarerAnswer.write({ carer, already: false })
      },
      person,
    )
  },
}

type Asked = In<typeof addCarerRequest>

/** True for the person. Throws 403. */
async function mayAdd(context: RequestContext, person: string): Promise<boolean> {
  const { actor } = context
  const relation = await relationTo(context, person)
  if (relation === 'self') return true
  const isNamed = isStaff(actor) && actor.practitioner !== undefined && relation === 'named'
  // whoever is added may sign in by their number: a guest gives access to nobody
  if (isNamed && (await hasLastingAccess(context, person))) return false
  throw forbidden('Only the person and professionals who are named in the care add a carer')
}

function checked(asked: Asked): Asked {
  const name = mustBeShort(asked.name, 200)
  if (!name) throw new FhirProblem(400, 'required', 'Say the name of the carer: name')
  const nhsNumber = asked.nhsNumber.replaceAll(/[\s-]/g, '')
  if (nhsNumber && !isNhsNumber(nhsNumber))
    throw new FhirProblem(400, 'invalid', 'This is not an NHS number: nhs-number')
  const does = asked.does
    .map((each) => mustBeShort(each, 200))
    .filter(Boolean)
    .slice(0, most)
  return { ...asked, name, nhsNumber, does }
}

type Where = Readonly<{ id: string; person: string; today: string }>

function relativeFrom(asked: Asked, { id, person, today }: Where): RelatedPerson & { id: string } {
  const [given = '', ...rest] = asked.name.split(/\s+/)
  const family = rest.join(' ')
  const relationship = mustBeShort(asked.relationship, 100)
  const phone = mustBeShort(asked.phone, 50)
  return {
    ...{ resourceType: 'RelatedPerson', id, active: true },
    patient: { reference: `Patient/${person}` },
    name: [family ? { given: [given], family } : { text: given }],
    ...(relationship ? { relationship: [{ text: relationship }] } : {}),
    ...(asked.nhsNumber
      ? { identifier: [{ system: nhsNumberSystem, value: asked.nhsNumber }] }
      : {}),
    ...(phone ? { telecom: [{ system: 'phone', value: phone }] } : {}),
    period: { start: today },
    ...withExtensions(undefined, {
      'carer-does': asked.does.map((valueString) => ({ valueString })),
      'lives-with': asked.livesWith === undefined ? [] : [{ valueBoolean: asked.livesWith }],
    }),
  }
}

type Repeat = Pick<OperationCall, 'scope' | 'today'> & Readonly<{ asked: Asked }>

/**
 * A carer who still helps, of this name and relationship, unless two numbers tell two people apart, or who adds them may
 * not know of the first. Two who add at once wait for each other.
 */
async function sameCarer(
  { service }: RequestContext,
  person: string,
  { asked, today, scope }: Repeat,
): Promise<string | undefined> {
  await service.sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${way} ${person}`,
  ])
  const { relatives } = await recordsAroundCarers(service.sql, person)
  const names = relatives
    .filter((relative) => isSame(relative, asked, today))
    .map(({ id = '' }) => ({ type: 'RelatedPerson', id }))
  const seen = await service.store.readAll(names, scope)
  return names.find(({ id }) => seen.has(`RelatedPerson/${id}`))?.id
}

function isSame(relative: RelatedPerson, asked: Asked, today: string): boolean {
  const { name, relationship, isOver } = carerFromFhir(relative, today)
  const [number, other] = [numberOf(relative, today), asked.nhsNumber]
  const isTold = number !== undefined && other !== '' && number !== other
  const same = alike(name, asked.name) && alike(relationship, asked.relationship)
  return same && !isOver && !isTold
}

/** Capitals and spaces make nobody somebody else. */
const alike = (one: string, other: string): boolean => inShort(one) === inShort(other)
const inShort = (words: string) => words.trim().replaceAll(/\s+/g, ' ').toLocaleLowerCase('en')

/** The same number twice would be the same person twice; the number of the person is nobody else’s. One that has ended names nobody. */
async function mustBeNew(
  { service }: RequestContext,
  person: string,
  { asked: { nhsNumber }, today }: Pick<Repeat, 'asked' | 'today'>,
): Promise<void> {
  if (!nhsNumber) return
  const { relatives } = await recordsAroundCarers(service.sql, person)
  const bears = (each: Pick<Patient, 'identifier'>) => nhsNumbers(each, today).includes(nhsNumber)
  const isKnown = relatives.some((each) => each.active !== false && bears(each))
  const stored = (await service.store.read('Patient', person, everyone))?.resource
  if (isKnown || (stored?.resourceType === 'Patient' && bears(stored)))
    throw new FhirProblem(422, 'business-rule', 'Somebody here has this NHS number already')
}

/** A carer is one of the team, and is asked about when somebody says that a carer is ill. It gives them no access. */
async function teamsWith(
  { service }: RequestContext,
  relative: RelatedPerson & { id: string },
  person: string,
): Promise<readonly (CareTeam & { id: string })[]> {
  const teams = await teamsOf(service.sql, person)
  const display = nameInWords(relative.name, relative.period?.start ?? '')
  const role = relative.relationship?.[0]?.text ?? 'Carer'
  const place = {
    ...{ role: [{ text: role }], period: relative.period ?? {} },
    member: { reference: `RelatedPerson/${relative.id}`, display },
  }
  return teams
    .filter(({ status = 'active' }) => status === 'active')
    .map((team) => ({ ...team, participant: [...(team.participant ?? []), place] }))
}

type Sharing = Readonly<{ asked: Asked; person: string; carer: string; isOwn: boolean }>

function shareWith(context: RequestContext, { asked, person, carer, isOwn }: Sharing) {
  const read = sharedAccessLabels.filter((room) => asked.sees.includes(room))
  if (read.length === 0) return undefined
  const at = context.now.toISOString()
  const consent = consentToFhir({ person, relative: carer, read, write: [], until: '' }, at)
  if (isOwn) return consent
  const { who } = writerOf(context, person)
  return {
    ...consent,
    status: 'proposed' as const,
    ...withExtensions(consent, { 'supported-by': [{ valueReference: referenceTo(who) }] }),
  }
}
