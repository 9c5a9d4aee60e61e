import type { RelatedPerson } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { type CarerOffer, carerOfferToFhir } from '#domain/carer/carer-offer.ts'
import { carerOfferAnswer, carerOfferRequest } from '#domain/carer/carers-answer.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { carerOfPerson, recordsAroundCarers } from '#server/carer/carers-of.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { refuseAfterDeath } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

const way = '$carer-offer'
const longest = 2_000

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
    'Offers a carer an assessment of their own needs, or with answer (yes, no, later) keeps what the carer said: carer, words',
  async run(call) {
    const { context, id: person = '' } = call
    const wish = askedParameters(call, carerOfferRequest)
    const words = wish.words.trim().slice(0, longest)
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
        const { carer: _carer, ...shown } = offer
        return carerOfferAnswer.write({ offer: shown })
      },
      person,
    )
  },
}

type Asked = Readonly<{ person: string; carer: string; words: string }>

async function mustBeNamed(context: RequestContext, person: string): Promise<void> {
  const { actor } = context
  if (isStaff(actor) && actor.practitioner && (await relationTo(context, person)) === 'named')
    return
  throw forbidden('Only professionals who are named in the care offer an assessment')
}

async function offered(context: RequestContext, { person, carer, words }: Asked) {
  await mustBeNamed(context, person)
  const offer: CarerOffer = {
    ...{ id: crypto.randomUUID(), carer, words, replies: [] },
    ...{ by: writerOf(context, person).who, at: context.now.toISOString() },
  }
  return await kept(context, offer, person)
}

type Answered = Asked &
  Readonly<{ answer: CarerOffer['replies'][number]['answer']; relative: RelatedPerson }>

async function answered(context: RequestContext, { person, carer, words, answer }: Answered) {
  const { actor, now, service } = context
  const isTheirs = actor.caresFor?.some((each) => each.relatedPerson === carer) ?? false
  if (!isTheirs) await mustBeNamed(context, person)
  const { offers } = await recordsAroundCarers(service.sql, person)
  const offer = offers.findLast((each) => each.carer === carer)
  if (!offer)
    throw new FhirProblem(422, 'business-rule', 'Nobody has offered this carer an assessment yet')
  const reply = { answer, words, by: writerOf(context, person).who, at: now.toISOString() }
  return await kept(context, { ...offer, replies: [...offer.replies, reply] }, person)
}

async function kept(context: RequestContext, offer: CarerOffer, person: string) {
  const resource = carerOfferToFhir(offer, person)
  await refuseAfterDeath(context, resource, { person, before: undefined })
  await keepRecords(context, [resource], { person, way })
  return offer
}
