import type { Observation, Reference, Resource } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isOffer, offerWordCode } from '#domain/support/is-offer.ts'
import { answersAfter, type OfferWord } from '#domain/support/offer.ts'
import {
  answerOfWord,
  offerFromFhir,
  offerOfWord,
  offerWordFromFhir,
} from '#domain/support/offer-fhir.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

type Word = Observation & { id: string }
type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

const longest = 2000

/**
 * What a person says about an offer, as it is stored: their own, or written down for them by a professional who is
 * named. It follows what was said before and stays as it was said, except that the last of it can be marked as an error
 * by the one who recorded it. Throws 403, 409 and 422.
 */
export async function keepOfferWord(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): Promise<ResourceWithId> {
  if (before) return await markedAsError(context, resource, before)
  const word = resource as Word
  mustBeWhole(word, person)
  const by = giverOf(context, word)
  await lockOffer(context, word)
  const said = await saidAbout(context, word)
  const offer = await offerOf(context, word, said)
  const answer = answerOfWord(word)
  const allowed = answersAfter(
    offer.said.map((each) => each.answer),
    offer.ended !== undefined,
  )
  if (!answer || !allowed.includes(answer))
    throw new FhirProblem(
      409,
      'conflict',
      'This does not follow what was said about the offer before. Look at it again',
    )
  return stamped(context, word, { by, after: offer.said.at(-1)?.at ?? offer.at })
}

function mustBeWhole(word: Word, person: string | undefined): void {
  if (word.status !== 'final') throw refusal('What is said about an offer is final', 'status')
  if (word.subject?.reference !== `Patient/${person}`)
    throw refusal('Name the person as Patient/<id>', 'subject')
  if (word.performer?.length !== 1 || word.performer[0]?.reference !== word.subject.reference)
    throw refusal('Only the person says what an offer did for them', 'performer')
  if (word.focus?.length !== 1 || !offerOfWord(word)) throw refusal('Name one offer', 'focus')
  if ((word.note ?? []).length > 1 || (word.note?.[0]?.text?.length ?? 0) > longest)
    throw refusal(`The words have up to ${longest} characters`, 'note')
}

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Observation.${element}` })

function giverOf({ actor }: RequestContext, { subject }: Word): Reference {
  const reference = subject?.reference ?? ''
  if (`Patient/${actor.person}` === reference) return { reference, display: actor.name }
  if (isStaff(actor) && actor.practitioner) return { reference }
  throw forbidden(
    'The person says what an offer did for them. A professional may write down what they say',
  )
}

/** Two answers at once would both follow the same one. */
async function lockOffer({ service }: RequestContext, word: Word): Promise<void> {
  await service.sql.query('select rid from resource where rt = $1 and id = $2 for update', [
    'ServiceRequest',
    offerOfWord(word),
  ])
}

async function saidAbout(
  { service, pendingWrites }: RequestContext,
  word: Word,
): Promise<readonly OfferWord[]> {
  const query = new URLSearchParams({
    ...{ patient: word.subject?.reference ?? '', code: `${gableCodeSystem}|${offerWordCode}` },
    ...{ _count: '500', _sort: '-date' },
  })
  const { matches } = await service.store.search('Observation', query, everyone)
  const coming = [...pendingWrites.values()].filter(
    (each): each is Word => each.resourceType === 'Observation' && each.id !== word.id,
  )
  const names = new Set(coming.map(({ id }) => id))
  const stored = (matches as Word[]).filter(({ id }) => !names.has(id))
  return [...stored, ...coming].flatMap((each) => offerWordFromFhir(each) ?? [])
}

/** The offer, if the writer can see it and it is the same person’s. */
async function offerOf(context: RequestContext, word: Word, said: readonly OfferWord[]) {
  const id = offerOfWord(word)
  const coming = context.pendingWrites.get(`ServiceRequest/${id}`)
  const stored =
    coming ?? (await context.store.read('ServiceRequest', id, context.accessScope.scope))?.resource
  const isTheirs =
    stored?.resourceType === 'ServiceRequest' &&
    isOffer(stored) &&
    stored.subject.reference === word.subject?.reference
  const offer = isTheirs ? offerFromFhir({ ...stored, id }, said) : undefined
  if (!offer) throw refusal('This offer is not in the person’s record', 'focus')
  return offer
}

type How = Readonly<{ by: Reference; after: string }>

function stamped(context: RequestContext, word: Word, { by, after }: How): Word {
  const { actor, now } = context
  const isOwn = `Patient/${actor.person}` === by.reference
  const helper = { reference: `Practitioner/${actor.practitioner}`, display: actor.name }
  const { extension: _sent, ...rest } = word
  return {
    ...rest,
    performer: [by as NonNullable<Observation['performer']>[number]],
    effectiveDateTime: saidAt({ after, now }),
    ...withExtensions(undefined, { 'supported-by': isOwn ? [] : [{ valueReference: helper }] }),
  }
}

/** Said when it comes here, whatever a device’s clock says, and after what was said before it. */
const saidAt = ({ after, now }: Readonly<{ after: string; now: Date }>): string =>
  new Date(Math.max(now.getTime(), (Date.parse(after) || 0) + 1)).toISOString()

async function markedAsError(
  context: RequestContext,
  resource: ResourceWithId,
  before: Resource,
): Promise<ResourceWithId> {
  const changed = changedElements(before, resource)
  if (changed.length === 0) return resource
  const isError = (resource as Observation).status === 'entered-in-error'
  if (!isError || changed.some((each) => each !== 'status'))
    throw forbidden('What a person said about an offer stays as it was said. Say it again')
  const word = before as Word
  await lockOffer(context, word)
  const said = (await saidAbout(context, { ...word, id: '' })).filter(
    (each) => each.offer === offerOfWord(word),
  )
  const last = said.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)).at(-1)
  if (last && last.id !== word.id)
    throw new FhirProblem(409, 'conflict', 'Something was said about this offer after that')
  return resource
}
