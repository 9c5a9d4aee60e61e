import type { RelatedPerson } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { type CarerOffer, carerOfferToFhir } from '#domain/carer/carer-offer.ts'
import { carerOfferAnswer, carerOfferRequest } from '#domain/carer/carers-answer.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { carerOfPerson, recordsAroundCarers } from '#server/carer/carers-of.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { mustBeShort } from '#server/validation/short-words.ts'

const way = '$carer-offer'

/**
 * Offers a carer an assessment of their own (Care Act 2014, section 10), or keeps what the carer said to it: offered by
 * whom and when, and every answer. Only the carer answers; a professional can write down what the carer said.
 */
export const carerOfferOperation: Operation = {
  name: 'carer-offer',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Offers a carer an assessment of their own needs, or with answer (yes, no, later) keeps what the carer said: carer, words. Returns the offer; already: the same was offered, or answered, before, and nothing was written',
  async run(call) {
    const { context, id: person = '' } = call
    const wish = askedParameters(call, carerOfferRequest)
    const words = mustBeShort(wish.words)
    const asked = { person, carer: wish.carer, words }
    const { answer } = wish
    return await withinRecord(
      context,
      async (inside) => {
        const relative = await carerOfPerson(inside, person, wish.carer)
        const offer =
          answer === 'none'
            ? await offered(inside, asked)
            : await answered(inside, { ...asked, answer, relative })
        const { carer: _carer, ...shown } = offer.offer
        return carerOfferAnswer.write({ offer: shown, already: offer.already })
      },
      person,
    )
  },
}

type Asked = Readonly<{ person: string; carer: string; words: string }>
type Outcome = Readonly<{ offer: CarerOffer; already: boolean }>

/** The last offer to a carer. Two who offer or answer at once wait for each other. */
async function lastOffer(
  { service }: RequestContext,
  { person, carer }: Asked,
): Promise<CarerOffer | undefined> {
  await service.sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${way} ${carer}`,
  ])
  const { offers } = await recordsAroundCarers(service.sql, person)
  return offers.findLast((each) => each.carer === carer)
}

async function mustBeNamed(context: RequestContext, person: string): Promise<void> {
  const { actor } = context
  if (isStaff(actor) && actor.practitioner && (await relationTo(context, person)) === 'named')
    return
  throw forbidden('Only professionals who are named in the care offer an assessment')
}

/** While nobody has answered it, an offer stands: the same once more is the same offer. */
async function offered(context: RequestContext, asked: Asked): Promise<Outcome> {
  const { person, carer, words } = asked
  await mustBeNamed(context, person)
  await mustBeLiving(context, person, 'carer-offer')
  const last = await lastOffer(context, asked)
  if (last && last.replies.length === 0) {
    if (words === '' || words === last.words) return { offer: last, already: true }
    throw new FhirProblem(
      ...([409, 'conflict'] as const),
      `${last.by.name} offered it on ${dayIn(context.zone, new Date(last.at))}, and nobody has answered. Write down the answer first, then it can be offered again`,
    )
  }
  const offer: CarerOffer = {
    ...{ id: crypto.randomUUID(), carer, words, replies: [] },
    ...{ by: writerOf(context, person).who, at: context.now.toISOString() },
  }
  return { offer: await kept(context, offer, person), already: false }
}

type Answered = Asked &
  Readonly<{ answer: CarerOffer['replies'][number]['answer']; relative: RelatedPerson }>

async function answered(context: RequestContext, asked: Answered): Promise<Outcome> {
  const { person, carer, words, answer } = asked
  const { actor, now } = context
  const isTheirs = actor.caresFor?.some((each) => each.relatedPerson === carer) ?? false
  if (!isTheirs) await mustBeNamed(context, person)
  const offer = await lastOffer(context, asked)
  if (!offer)
    throw new FhirProblem(422, 'business-rule', 'Nobody has offered this carer an assessment yet')
  const reply = { answer, words, by: writerOf(context, person).who, at: now.toISOString() }
  if (saysTheSame(offer.replies.at(-1), reply)) return { offer, already: true }
  const next = { ...offer, replies: [...offer.replies, reply] }
  return { offer: await kept(context, next, person), already: false }
}

type Reply = CarerOffer['replies'][number]

const saysTheSame = (last: Reply | undefined, next: Reply): boolean =>
  last?.answer === next.answer &&
  last.words === next.words &&
  last.by.reference === next.by.reference

async function kept(context: RequestContext, offer: CarerOffer, person: string) {
  await keepRecords(context, [carerOfferToFhir(offer, person)], { person, way })
  return offer
}
