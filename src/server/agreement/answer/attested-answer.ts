import type { Provenance } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import {
  authorityIn,
  authorityKinds,
  type GivenHow,
  givenHowFrom,
  recordedWays,
  saysHow,
  wayIn,
} from '#domain/agreement/given-how.ts'
import { isSameCode, paperCode } from '#domain/agreement/paper-code.ts'
import { dayWritten } from '#domain/calendar/days.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { mustDecideForPerson } from './decided-for-person.ts'
import { type AnsweredPlan, earlierPlan } from './versions-covered.ts'

type Asked = Readonly<{
  plan: AnsweredPlan
  version: string
  /** the user who sends it, under the name in the answer */
  by: Who
  movedOn: (now: number) => FhirProblem
}>

export type AttestedAnswer = Readonly<{
  how: Readonly<{ author: Who; given: GivenHow }>
  signedOn?: string
  /** the version that was answered: an earlier one only of a signed paper */
  plan: AnsweredPlan
}>

/**
 * How an answer was given, as the server vouches for it: by the user in their own session, or in a way that a named
 * professional recorded, with everything that way needs. 422 says what is missing; 409 that the plan has moved on.
 */
export async function attestedAnswer(
  context: RequestContext,
  answer: Provenance,
  asked: Asked,
): Promise<AttestedAnswer> {
  const { plan, version, by, movedOn } = asked
  if (context.turned || wayIn(answer) === 'turned-screen')
    mustBeTurnedFor(context, answer, { plan, version })
  if (wayIn(answer) === 'paper') return await signedPaper(context, answer, asked)
  if (String(plan.version) !== version) throw movedOn(plan.version)
  const given = mustBeComplete(answer)
  if (given.way === 'own-sign-in') {
    mustBeTheirOwn(context, by)
    return { how: { author: by, given }, plan }
  }
  const recordedBy = recorderOf(context)
  const author = await authorOf(context, answer, { plan, given, recordedBy })
  const capacity = isForAnother(given)
    ? await mustDecideForPerson(context, given.way, plan)
    : undefined
  const vouched = { ...withoutCapacity(given), recordedBy, ...(capacity ? { capacity } : {}) }
  return { how: { author, given: vouched }, plan }
}

const problem = (text: string, expression = 'Provenance.extension') =>
  new FhirProblem(422, 'business-rule', text, { expression })

const isForAnother = ({ way }: GivenHow) => way === 'authority' || way === 'best-interests'

/** To write an answer down for somebody is not their own sign-in, whatever the record says about it. */
function mustBeTheirOwn({ actor }: RequestContext, { reference }: Who): void {
  if (!namesOf(actor).includes(reference))
    throw forbidden('An answer by their own sign-in comes only from the one who gives it')
}

/** What the record rests on is found here, not sent. */
function withoutCapacity({ capacity: _sent, ...given }: GivenHow): GivenHow {
  return given
}

/** The session says for whom the screen is turned; nobody else’s can say that an answer came from one. */
function mustBeTurnedFor(
  { turned }: RequestContext,
  answer: Provenance,
  { plan, version }: Pick<Asked, 'plan' | 'version'>,
): void {
  const isMeant =
    turned?.person === plan.person && turned.plan === plan.content.id && turned.version === version
  if (!isMeant || wayIn(answer) !== 'turned-screen')
    throw forbidden('An answer on a turned screen comes only from the screen that was turned')
}

/** A professional with a record of their own, who may write this plan; the access rules have checked the rest. */
function recorderOf({ actor }: RequestContext): Who {
  if (!isStaff(actor) || actor.role === 'program' || !actor.practitioner)
    throw forbidden('Only a named professional can record an answer that somebody gave')
  return {
    ...{ reference: `Practitioner/${actor.practitioner}`, name: actor.name },
    voice: 'professional',
  }
}

function mustBeComplete(answer: Provenance): GivenHow {
  const said = wayIn(answer)
  if (saysHow(answer) && said !== 'own-sign-in' && !recordedWays.some((each) => each === said))
    throw problem('Say how the answer was given')
  const given = givenHowFrom(answer)
  for (const { role, name, language = '' } of given.helpers) {
    if (!name.trim()) throw problem('Name the advocate or interpreter', 'Provenance.agent')
    if (role === 'interpreter' && !language.trim())
      throw problem('Say into which language the interpreter spoke', 'Provenance.agent')
  }
  if (given.way === 'spoken' && given.helpers.length === 0)
    throw problem(
      'An answer that was spoken needs an advocate or interpreter who was there, by name. Without one, turn the screen or use paper',
      'Provenance.agent',
    )
  return given
}

type Giving = Readonly<{ plan: AnsweredPlan; given: GivenHow; recordedBy: Who }>

async function authorOf(
  context: RequestContext,
  answer: Provenance,
  { plan, given, recordedBy }: Giving,
): Promise<Who> {
  const who = answer.agent[0]?.who
  if (given.way === 'best-interests') return recordedBy
  if (given.way === 'authority') return await holderOf(context, answer, { plan, given, recordedBy })
  if (who?.reference !== `Patient/${plan.person}`)
    throw problem('This way of answering is for the person’s own answer', 'Provenance.agent')
  return { reference: who.reference, name: await nameOf(context, plan.person), voice: 'person' }
}

/** The name on the record, whatever the client calls them. */
async function nameOf(
  { store, accessScope, zone, now }: RequestContext,
  person: string,
): Promise<string> {
  const stored = await store.read('Patient', person, accessScope.scope)
  const names = stored?.resource?.resourceType === 'Patient' ? stored.resource.name : undefined
  return nameInWords(names, dayIn(zone, now))
}

/** Who has the authority, by name or by their record here, and the document that says so. */
async function holderOf(
  context: RequestContext,
  answer: Provenance,
  { plan, given, recordedBy }: Giving,
): Promise<Who> {
  const kind = authorityIn(answer)
  if (kind === 'next-of-kin')
    throw problem(
      'Next of kin is not an authority to decide for somebody: a power of attorney for health and welfare is, or a deputy appointed by the court',
      'Provenance.agent',
    )
  if (!authorityKinds.some((each) => each === kind))
    throw problem('Say which authority: a lasting power of attorney, or a court-appointed deputy')
  if (!given.authority?.document.trim()) throw problem('Name the document that gives the authority')
  const who = answer.agent[0]?.who
  const name = who?.display?.trim() ?? ''
  if (!name) throw problem('Name the person who has the authority', 'Provenance.agent')
  if (isSameName(name, recordedBy.name))
    throw problem('Somebody else must record what you decide with an authority of your own')
  const reference = who?.reference ? await relativeOf(context, plan, who.reference) : ''
  return { reference, name, voice: 'carer' }
}

async function relativeOf(
  { store, accessScope }: RequestContext,
  plan: AnsweredPlan,
  reference: string,
): Promise<string> {
  const target = referenceTarget(reference)
  const stored =
    target?.type === 'RelatedPerson'
      ? await store.read('RelatedPerson', target.id, accessScope.scope)
      : undefined
  if (stored?.person === plan.person) return reference
  throw problem('Somebody with authority is one of this person’s family and friends, or a name')
}

const isSameName = (one: string, other: string) => plain(one) === plain(other)
const plain = (name: string) => name.trim().toLowerCase().replaceAll(/\s+/g, ' ')

/** Signed by the person before a witness, on the print of one version: an earlier version too. */
async function signedPaper(
  context: RequestContext,
  answer: Provenance,
  { plan, version, movedOn }: Asked,
): Promise<AttestedAnswer> {
  const recordedBy = recorderOf(context)
  const number = /^[1-9]\d*$/.test(version) ? Number(version) : 0
  const found =
    number <= plan.version ? await earlierPlan(context.service.sql, plan, number) : undefined
  if (!found) throw movedOn(plan.version)
  const given = mustBeComplete(answer)
  const { paperCode: code = '', witness } = given
  if (!isSameCode(code, paperCode(plan.content.id, version)))
    throw problem('The code is not the one on the print of this version. Copy it from the paper')
  if (!witness?.name.trim() || !witness.role.trim())
    throw problem('Say who saw the person sign: a name and who they are', 'Provenance.agent')
  if (isSameName(witness.name, recordedBy.name))
    throw problem(
      'The witness must be somebody else than the one who records it',
      'Provenance.agent',
    )
  const author = await authorOf(context, answer, { plan, given, recordedBy })
  if (isSameName(witness.name, author.name))
    throw problem('The person cannot be their own witness', 'Provenance.agent')
  const signedOn = daySigned(context, answer, found.made)
  const vouched = { ...given, recordedBy, paperCode: paperCode(plan.content.id, version) }
  return { how: { author, given: vouched }, signedOn, plan: found }
}

function daySigned({ now, zone }: RequestContext, answer: Provenance, made: string): string {
  const day = dayWritten(answer.occurredDateTime ?? '')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day))
    throw problem('Say on which day it was signed', 'Provenance.occurredDateTime')
  if (day > dayIn(zone, now))
    throw problem('It cannot have been signed after today', 'Provenance.occurredDateTime')
  if (day < dayIn(zone, new Date(made)))
    throw problem(
      'It cannot have been signed before this version of the plan was written',
      'Provenance.occurredDateTime',
    )
  return day
}
