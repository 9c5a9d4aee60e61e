import type { DocumentReference, Observation } from '@medplum/fhirtypes'
import { gableCodeSystem, snomedSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  helperExtension,
  helperIn,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { PlanRecord, Who } from '#domain/plan/plan.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import { isWishCode, type WishPart, wishCodes, wishParts } from './wish-codes.ts'

/** One part of somebody’s advance wishes, in their words. */
export type Wish = PlanRecord &
  Readonly<{
    person: string
    part: WishPart
    words: string
    saidBy?: Who
    /** `YYYY-MM-DD` */
    saidOn?: string
    supportedBy?: Who
  }>

export const wishIdFor = (person: string, part: WishPart) => `wish-${part}-${person}`.slice(0, 64)

export const isWish = ({ code }: Observation): boolean =>
  code?.coding?.some((each) => isWishCode(each.code)) ?? false

export function wishFromFhir(observation: Observation): Wish {
  const coded = observation.code.coding?.map((each) => each.code)
  return {
    ...recordFrom(observation, observation.performer?.[0]),
    person: idIn(observation.subject?.reference),
    part: wishParts.find((part) => coded?.includes(wishCodes[part])) ?? 'matters',
    words: observation.valueString ?? '',
    ...given('saidBy', whoFrom(observation.performer?.[0])),
    ...given('saidOn', observation.effectiveDateTime),
    ...given('supportedBy', helperIn(observation)),
  }
}

function wishToFhir(wish: Wish, onto?: Observation): Observation & { id: string } {
  const { valueString: _words, ...rest } = onto ?? {}
  const isSame = onto?.performer?.[0]?.reference === wish.saidBy?.reference
  const performer = wish.saidBy && !isSame ? [referenceTo(wish.saidBy)] : onto?.performer
  return {
    status: 'final',
    code: ownCode(wishCodes[wish.part]),
    subject: { reference: `Patient/${wish.person}` },
    ...rest,
    resourceType: 'Observation',
    id: wish.id,
    ...given('valueString', wish.words),
    ...given('effectiveDateTime', wish.saidOn),
    ...given('performer', performer),
    ...withExtensions(onto, {
      'supported-by': helperExtension(wish.supportedBy),
      written: writtenExtension(wish.written),
    }),
  }
}

export const wishKind: RecordKind<Wish, Observation> = {
  type: 'Observation',
  fromFhir: wishFromFhir,
  toFhir: wishToFhir,
}

/** Kinds of signed document, and of authority to decide for somebody. Next of kin is none. */
export const wishDocuments = [
  ...(['respect', 'adrt', 'dnacpr', 'statement', 'lpa', 'deputy'] as const),
] as const
export type WishDocumentSort = (typeof wishDocuments)[number]

/** That a signed document exists, and where: never its text, which is licensed or on paper. */
export type WishDocument = PlanRecord &
  Readonly<{
    person: string
    sort: WishDocumentSort
    /** day it was signed, `YYYY-MM-DD` */
    signedOn?: string
    /** where the paper is kept */
    keptAt: string
    /** where it can be read, if anywhere */
    link: string
    /** of an authority: who decides */
    decider: string
  }>

export const isWishDocument = ({ category = [] }: DocumentReference): boolean =>
  category.some((each) =>
    each.coding?.some(
      ({ system, code }) => system === gableCodeSystem && code === 'advance-document',
    ),
  )

export function wishDocumentFromFhir(document: DocumentReference): WishDocument | undefined {
  const sort = wishDocuments.find((each) =>
    document.type?.coding?.some(({ code }) => code === `advance-${each}`),
  )
  if (!sort || document.status !== 'current') return undefined
  const attachment = document.content[0]?.attachment
  return {
    ...recordFrom(document, document.author?.[0]),
    person: idIn(document.subject?.reference),
    sort,
    ...given('signedOn', attachment?.creation),
    keptAt: extensionOf(document, 'kept-at')?.valueString ?? '',
    link: attachment?.url ?? '',
    decider: extensionOf(document, 'decider')?.valueString ?? '',
  }
}

/** SNOMED CT for the one that has a code of its own there. */
const respect = { system: snomedSystem, code: '1382601000000107' }

function wishDocumentToFhir(
  said: WishDocument,
  onto?: DocumentReference,
): DocumentReference & { id: string } {
  const own = ownCode(`advance-${said.sort}`)
  return {
    ...onto,
    resourceType: 'DocumentReference',
    id: said.id,
    status: 'current',
    category: onto?.category ?? [ownCode('advance-document')],
    type: { coding: [...(own.coding ?? []), ...(said.sort === 'respect' ? [respect] : [])] },
    subject: { reference: `Patient/${said.person}` },
    content: [
      {
        attachment: {
          ...given('creation', said.signedOn),
          ...given('url', said.link),
          title: said.sort,
        },
      },
    ],
    ...withExtensions(onto, {
      'kept-at': said.keptAt ? [{ valueString: said.keptAt }] : [],
      decider: said.decider ? [{ valueString: said.decider }] : [],
      written: writtenExtension(said.written),
    }),
  }
}

export const wishDocumentKind: RecordKind<WishDocument, DocumentReference> = {
  type: 'DocumentReference',
  fromFhir: (document) =>
    wishDocumentFromFhir(document) ?? {
      ...{
        id: document.id ?? '',
        person: '',
        sort: 'statement',
        keptAt: '',
        link: '',
        decider: '',
      },
    },
  toFhir: wishDocumentToFhir,
}
