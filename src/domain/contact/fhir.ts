import type { CodeableConcept, Communication, Extension } from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { type CallAnswer, isCallAnswer } from '#domain/discharge/call-questions.ts'
import { stayIn } from '#domain/discharge/stay-message.ts'
import { hl7CodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionsOf,
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Contact, ContactWay } from './contact.ts'

const modes = hl7CodeSystem('v3-ParticipationMode')
const modeOf: Readonly<Record<ContactWay, string>> = { call: 'PHONE', visit: 'FACE' }

/** The category that marks a contact, also for `$today`. */
export const contactCategory: CodeableConcept = ownCode('contact')

/** A contact that was made is completed; an attempt that reached nobody is `not-done`, with its reason. */
export function contactToFhir(contact: Contact): Communication & { id: string } {
  const { id, person, way, reached, words, by, at, stay, answers = [] } = contact
  return {
    ...{ resourceType: 'Communication', id, category: [contactCategory] },
    medium: [{ coding: [{ system: modes, code: modeOf[way] }] }],
    subject: { reference: `Patient/${person}` },
    ...(stay ? { about: [{ reference: `Encounter/${stay}` }] } : {}),
    ...{ sender: referenceTo(by), sent: at },
    ...withExtensions(undefined, { 'call-answer': answers.map(answerTo) }),
    ...(reached
      ? { status: 'completed', ...(words ? { payload: [{ contentString: words }] } : {}) }
      : { status: 'not-done', statusReason: { text: words } }),
  }
}

const answerTo = ({ question, choice, words }: CallAnswer): Omit<Extension, 'url'> => ({
  extension: [
    { url: 'question', valueCode: question },
    { url: 'choice', valueCode: choice },
    ...(words ? [{ url: 'words', valueString: words }] : []),
  ],
})

/** Nothing for what is no answer to one of our questions. */
function answerFrom({ extension = [] }: Extension): readonly CallAnswer[] {
  const part = (url: string) => extension.find((each) => each.url === url)
  const question = part('question')?.valueCode ?? ''
  const choice = part('choice')?.valueCode ?? ''
  if (!isCallAnswer(question, choice)) return []
  return [{ question, choice, words: part('words')?.valueString ?? '' } as CallAnswer]
}

/** Undefined for messages of another kind, and for withdrawn ones. */
export function contactFromFhir(message: Communication): Contact | undefined {
  const by = whoFrom(message.sender)
  const { status, sent } = message
  if (!hasMessageCategory(message, 'contact') || !by || !sent) return undefined
  if (status !== 'completed' && status !== 'not-done') return undefined
  const isVisit = message.medium?.some((each) =>
    each.coding?.some((one) => one.code === modeOf.visit),
  )
  return {
    ...{ id: message.id ?? '', person: idIn(message.subject?.reference) },
    ...{ way: isVisit ? 'visit' : 'call', reached: status === 'completed', by, at: sent },
    words: message.payload?.[0]?.contentString ?? message.statusReason?.text ?? '',
    ...given('stay', stayIn(message)),
    ...answersIn(message),
  }
}

function answersIn(message: Communication): Pick<Contact, 'answers'> {
  const answers = extensionsOf(message, 'call-answer').flatMap(answerFrom)
  return answers.length > 0 ? { answers } : {}
}
