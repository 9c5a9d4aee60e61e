import type { Parameters, Patient } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import { cardDeedText } from '#domain/card/card-deed.ts'
import {
  type CardLinkAct,
  type CardUse,
  cardLinkActs,
  cardLinkAnswer,
  cardLinkMonths,
  cardLinkRequest,
  cardUseIn,
  mostCards,
} from '#domain/card/card-link.ts'
import { deathIn } from '#domain/person/death.ts'
import { isInUse } from '#domain/person/joined.ts'
import {
  cardLinksOf,
  endCardLink,
  endCardLinks,
  keepNewCardLink,
  newCardToken,
  renewCardLink,
  type StoredCardLink,
} from '#server/card/card-links.ts'
import { cardScope } from '#server/card/card-scope.ts'
import { mustBeHereForLong, mustBeWanted, ownOrNamed } from '#server/card/must-be-wanted.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { mustBeShort } from '#server/validation/short-words.ts'

/** The emergency cards of a person: since when, for what, until when, and how often each was opened. Never a link. */
export const cardLinkOperation: Operation = {
  name: 'card-link',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'The emergency cards of a person: who made each and what for, until when it works, how often and when it was opened; for the person, or a professional named in the care',
  async run({ id = '', context, now }) {
    await ownOrNamed(context, id)
    return await answerOf(context, { person: id, now })
  },
}

const way = '$set-card-link'
const longestYes = 1000

/**
 * Makes an emergency card, replaces it, lets it work for longer, or ends it. Making needs the person’s yes; ending does
 * not. Only the answer to `new` and `replace` holds the token: the service keeps its hash. Without a team server nobody
 * else could reach a link: the card is paper alone, and is listed all the same.
 */
export const setCardLinkOperation: Operation = {
  name: 'set-card-link',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose: `Makes an emergency card of a person (act=new, with use, illnesses and matters; paper: without a link), replaces it (replace: the old one stops), lets it work for ${cardLinkMonths} months from today (renew), or ends it (end), each of one card, but end without a card ends all of them; for the person, or a professional named in the care with the person’s yes in words (agreed). The token is only in the answer to new and replace`,
  async run(call) {
    const { id = '', context, now } = call
    const asked = askedParameters(call, cardLinkRequest)
    const act = cardLinkActs.find((each) => each === asked.act)
    if (!act) throw new FhirProblem(400, 'value', 'act must be new, replace, renew or end')
    const agreed = mustBeShort(asked.agreed, longestYes)
    if (act === 'end') await ownOrNamed(context, id)
    else await mustBeMade(call, { id, agreed })
    return await withinRecord(context, async (inside) => {
      const { card, illnesses, matters, paper } = asked
      const change = { person: id, act, now, card, illnesses, matters, paper }
      const { token, until } = await doneTo(inside, { ...change, use: cardUseIn(asked.use) })
      await note(inside, new Map([[id, [`Patient/${id}`]]]), {
        ...{ act: 'E', way, why: cardDeedText({ act, agreed, ...until }) },
      })
      return await answerOf(inside, change, token)
    })
  },
}

async function mustBeMade(
  call: OperationCall,
  { id, agreed }: Readonly<{ id: string; agreed: string }>,
): Promise<void> {
  await mustBeWanted(call.context, id, agreed)
  await mustBeHereForLong(call.context, id)
  await mustOpenSomething(call, id)
}

/** A link that would open nothing is not made. */
async function mustOpenSomething({ context }: OperationCall, id: string): Promise<void> {
  const read = await context.service.store.read('Patient', id, cardScope(id))
  const patient = read?.resource as Patient | undefined
  if (!patient || !isInUse(patient))
    throw new FhirProblem(
      422,
      'business-rule',
      'This record is restricted, or joined to another: it gets no card',
    )
  if (deathIn(patient))
    throw new FhirProblem(422, 'business-rule', 'The person has died: they get no card')
}

type Asked = Readonly<{
  person: string
  act: CardLinkAct
  card: string
  use: CardUse | undefined
  illnesses: boolean
  matters: boolean
  paper: boolean
  now: Date
}>

type Done = Readonly<{ token?: string; until?: { until: string } }>
type Change = Readonly<{ person: string; card: string; by: string; now: Date; expires: Date }>

/** Returns the token of a new link, and the day until which it works. */
async function doneTo({ service, actor, zone }: RequestContext, asked: Asked): Promise<Done> {
  const { person, act, card, now } = asked
  // of two at once the second one sees what the first one made
  await service.sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${way} ${person}`,
  ])
  const expires = new Date(now)
  expires.setUTCMonth(expires.getUTCMonth() + cardLinkMonths)
  const change: Change = { person, card, by: actor.name, now, expires }
  if (act === 'end' && card === '') {
    await endCardLinks(service.sql, change)
    return {}
  }
  const cards = await cardLinksOf(service.sql, person, now)
  const old = cards.find(({ id }) => id === card)
  if (act === 'new') mustBeFew(cards)
  else mustBeInUse(old, act)
  if (act === 'end' || act === 'replace') await endCardLink(service.sql, change)
  if (act === 'end') return {}
  const until = { until: dayIn(zone, expires) }
  if (act === 'renew') {
    if ((await renewCardLink(service.sql, change)) === 0) throw noneThatWorks()
    return { until }
  }
  return { until, ...(await madeCard({ service }, change, { ...asked, old })) }
}

async function madeCard(
  { service }: Pick<RequestContext, 'service'>,
  change: Change,
  { use, old, illnesses, matters, paper }: Asked & Readonly<{ old: StoredCardLink | undefined }>,
): Promise<Pick<Done, 'token'>> {
  const { token, hash } = newCardToken()
  const hasLink = !paper && !service.ground
  const kept = { hash, hasLink, illnesses, matters, use: use ?? old?.use ?? 'other' }
  await keepNewCardLink(service.sql, { ...change, ...kept })
  return hasLink ? { token } : {}
}

function mustBeInUse(card: StoredCardLink | undefined, act: CardLinkAct): void {
  if (!card || card.state === 'ended' || (act === 'renew' && card.state !== 'open'))
    throw noneThatWorks()
}

const noneThatWorks = () =>
  new FhirProblem(409, 'conflict', 'This card does not work any more. Make a new one')

function mustBeFew(cards: readonly StoredCardLink[]): void {
  if (cards.filter(({ state }) => state === 'open').length >= mostCards)
    throw new FhirProblem(
      422,
      'business-rule',
      `There are already ${mostCards} cards in use. End one first`,
    )
}

async function answerOf(
  { service }: Pick<RequestContext, 'service'>,
  { person, now }: Readonly<{ person: string; now: Date }>,
  token?: string,
): Promise<Parameters> {
  const found = await cardLinksOf(service.sql, person, now)
  const cards = found.map(({ person: _known, ...card }) => card)
  return cardLinkAnswer.write({ cards, ...(token ? { token } : {}) })
}
