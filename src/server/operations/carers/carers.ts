import type { RelatedPerson } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { carerFromFhir, numberOf } from '#domain/carer/carer.ts'
import type { CarerOffer } from '#domain/carer/carer-offer.ts'
import type { CarerAudience } from '#domain/carer/carer-shares.ts'
import { type CarerShown, carersAnswer } from '#domain/carer/carers-answer.ts'
import { consentedLabelsFor } from '#domain/consent/consent.ts'
import { sharesFrom } from '#domain/consent/shares.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { hasLastingAccess } from '#server/authorization/lasting-access.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { type AroundCarers, recordsAroundCarers } from '#server/carer/carers-of.ts'
import { isFreeForRecord, ownRecordOf } from '#server/carer/linked-record.ts'
import { shownOfCarer } from '#server/carer/shown-of-carer.ts'
import { note } from '#server/http/request-context.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'

const way = '$carers'

/**
 * The carers of a person. The person sees who they are, what is shared with them, and what each carer shows of
 * themselves; professionals see what was offered as well, and a carer their own part. Whether a carer has a record of
 * their own is told only to those who may open it.
 */
export const carersOperation: Operation = {
  name: 'carers',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'The carers of a person: who they are, what they do, what is shared with them, what they show of themselves to this reader, and for professionals and the carer the assessments that were offered',
  async run(call) {
    const { id: person = '', context } = call
    const reader = await readerOf(call, person)
    const all = await recordsAroundCarers(context.service.sql, person)
    const around = await knownTo(call, all, reader.self)
    const carers: CarerShown[] = []
    for (const relative of around.relatives) {
      const isSelf = reader.self.includes(relative.id ?? '')
      if (reader.kind === 'carer' && !isSelf && !reader.seesTeam) continue
      carers.push(await shownCarer(call, { relative, around, isSelf, reader }))
    }
    const what = carers.map(({ id }) => `RelatedPerson/${id}`)
    await note(context, new Map([[person, what]]), { act: 'R', way })
    return carersAnswer.write({ carers })
  },
}

type Kind = 'person' | 'carer' | 'staff'
type Reader = Readonly<{
  kind: Kind
  self: readonly string[]
  seesTeam: boolean
  /** a record could be opened for a carer by this reader */
  opens: boolean
  /** to whom a carer may show something of their own record */
  audience?: CarerAudience
}>

async function readerOf({ actor, context }: OperationCall, person: string): Promise<Reader> {
  const relation = await relationTo(context, person)
  const self = (actor.caresFor ?? [])
    .filter((each) => each.person === person)
    .map(({ relatedPerson }) => relatedPerson)
  const seesTeam = context.accessScope.shared.get(person)?.read.includes('team') ?? false
  if (relation === 'self')
    return { kind: 'person', self: [], seesTeam: true, opens: false, audience: 'person-cared-for' }
  const kind = isStaff(actor) || relation === 'all' ? 'staff' : 'carer'
  // who opened the record in an emergency is not of those who look after the person
  const isTeam = kind === 'staff' && (relation === 'named' || relation === 'related')
  const isNamed = isStaff(actor) && actor.practitioner !== undefined && relation === 'named'
  const opens = isNamed && (await hasLastingAccess(context, person))
  return { kind, self, seesTeam, opens, ...(isTeam ? { audience: 'their-team' } : {}) }
}

/** What is restricted is as hidden here as everywhere, but for the carer whom it is about. */
async function knownTo(
  { store, scope }: OperationCall,
  around: AroundCarers,
  self: readonly string[],
): Promise<AroundCarers> {
  const { relatives, offers, endings } = around
  const names = [
    ...relatives.map(({ id = '' }) => ({ type: 'RelatedPerson', id })),
    ...[...offers, ...endings].map(({ id }) => ({ type: 'Communication', id })),
  ]
  const seen = await store.readAll(names, scope)
  return {
    ...around,
    relatives: relatives.filter(
      ({ id = '' }) => self.includes(id) || seen.has(`RelatedPerson/${id}`),
    ),
    offers: offers.filter(
      ({ id, carer }) => self.includes(carer) || seen.has(`Communication/${id}`),
    ),
    endings: endings.filter(({ id }) => seen.has(`Communication/${id}`)),
  }
}

type One = Readonly<{
  relative: RelatedPerson
  around: AroundCarers
  isSelf: boolean
  reader: Reader
}>

async function shownCarer(
  call: OperationCall,
  { relative, around, isSelf, reader }: One,
): Promise<CarerShown> {
  const { today } = call
  const { kind } = reader
  const { endedOn = '', ...carer } = carerFromFhir(relative, today)
  const reference = `RelatedPerson/${carer.id}`
  const { read } = consentedLabelsFor(around.consents, reference, today)
  const until = sharesFrom([relative], around.consents, today).find(
    (each) => each.reference === reference,
  )?.until
  // another carer sees who somebody is, and nothing that is between them and others
  const isOther = kind === 'carer' && !isSelf
  const seesOffers = kind === 'staff' || isSelf
  const own = isOther || carer.isOver ? {} : await ofOwnRecord(call, relative, reader)
  const offers = offersTo(around.offers, carer.id)
  const mayAsk = reader.opens && !carer.isOver && !own.record
  return {
    ...{ ...carer, phones: [...carer.phones], does: [...carer.does], endedOn },
    ...{ endedWhy: whyEnded(around, carer.id), isSelf, read: isOther ? [] : [...read] },
    ...{ until: isOther ? '' : (until ?? '') },
    offers: seesOffers ? offers : [],
    opening: mayAsk ? await openingFor(call, relative, offers) : '',
    ...own,
  }
}

/** What there is to do after the carer’s yes, for those who may open a record: as `$open-carer-record` would say. */
async function openingFor(
  { context, today }: OperationCall,
  relative: RelatedPerson,
  offers: CarerShown['offers'],
): Promise<CarerShown['opening']> {
  if (offers.at(-1)?.replies.at(-1)?.answer !== 'yes') return ''
  if (!numberOf(relative, today)) return 'number'
  return (await isFreeForRecord(context.service.store, relative, today)) ? 'open' : 'ask'
}

const whyEnded = ({ endings }: AroundCarers, carer: string) =>
  endings.findLast((each) => each.carer === carer)?.words ?? ''

const offersTo = (offers: readonly CarerOffer[], carer: string) =>
  offers
    .filter((each) => each.carer === carer)
    .map(({ id, words, by, at, replies }) => ({ id, words, by, at, replies }))

/** What of the carer’s own record this reader may see; that it was looked at stands in the carer’s own log. */
async function ofOwnRecord(
  { context, scope, store, today: day }: OperationCall,
  relative: RelatedPerson,
  { kind, audience }: Reader,
): Promise<Pick<CarerShown, 'record' | 'shown'>> {
  const { service } = context
  const own = await ownRecordOf(service.store, relative, day)
  if (!own || kind === 'carer') return {}
  const mayOpen = await store.mayReach(own.id, scope)
  if (!audience) return given('record', mayOpen ? own.id : undefined)
  const asking = { record: own.id, carer: relative.id ?? '', audience, day } as const
  const found = await shownOfCarer(service.sql, asking)
  if (found) await note(context, new Map([[own.id, found.names]]), { act: 'R', way })
  return { ...given('record', mayOpen ? own.id : undefined), ...given('shown', found?.shown) }
}
