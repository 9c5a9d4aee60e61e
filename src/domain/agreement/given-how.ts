import type { CodeableConcept, Extension, Provenance, ProvenanceAgent } from '@medplum/fhirtypes'
import { gableCodeSystem, gableUrl, hl7CodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  ownCode,
  referenceTo,
  whoFrom,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/**
 * How an answer to a plan was given. `spoken`: said aloud in a conversation, and written down by staff. `own-words`: the
 * person wrote the new version themselves, and the service carried their answer to it from the version before.
 */
export type AnswerWay =
  | 'own-sign-in'
  | 'turned-screen'
  | 'paper'
  | 'spoken'
  | 'authority'
  | 'best-interests'
  | 'own-words'

/** What a client can send: each is recorded by somebody else. */
export const recordedWays: readonly AnswerWay[] = [
  ...(['turned-screen', 'paper', 'spoken', 'authority', 'best-interests'] as const),
]

const ways: readonly AnswerWay[] = [...recordedWays, 'own-words']

/** True if the service carried it from the version before, because the person wrote what is new. */
export const isCarried = (provenance: Provenance): boolean => wayIn(provenance) === 'own-words'

/** The authority to decide for somebody who cannot decide this: in England only these. Next of kin is none. */
export type AuthorityKind = 'lpa-health-welfare' | 'court-deputy'
export const authorityKinds: readonly AuthorityKind[] = ['lpa-health-welfare', 'court-deputy']

export type HelperRole = 'advocate' | 'interpreter'
const helperRoles: readonly HelperRole[] = ['advocate', 'interpreter']

/** Somebody beside the person while they answered; an interpreter’s language. */
export type AnswerHelper = Readonly<{ role: HelperRole; name: string; language?: string }>

export type AnswerWitness = Readonly<{ name: string; role: string }>

export type GivenHow = Readonly<{
  way: AnswerWay
  /** absent: the user gave the answer in their own session */
  recordedBy?: Who
  witness?: AnswerWitness
  /** the code on the signed print */
  paperCode?: string
  authority?: Readonly<{ kind: AuthorityKind; document: string }>
  /** the capacity record that it rests on, `Observation/<id>`; absent for those who may not know of it */
  capacity?: string
  helpers: readonly AnswerHelper[]
}>

export const ownSignIn: GivenHow = { way: 'own-sign-in', helpers: [] }

const participantSystem = hl7CodeSystem('provenance-participant-type')
const roleSystem = hl7CodeSystem('v3-RoleCode')

/** The types of HL7’s own list: who answered, who typed it in, who saw it, who helped. */
type AgentType = 'author' | 'enterer' | 'verifier' | 'informant'
const agentType = (code: AgentType): CodeableConcept => ({
  coding: [{ system: participantSystem, code }],
})
const isOfType = ({ type }: ProvenanceAgent, code: AgentType) =>
  type?.coding?.some((each) => each.system === participantSystem && each.code === code) ?? false

/** A health power of attorney has a code of HL7; a deputy of the Court of Protection has ours beside it. */
const authorityRole = (kind: AuthorityKind): CodeableConcept => ({
  coding: [
    { system: roleSystem, code: kind === 'lpa-health-welfare' ? 'HPOWATT' : 'GUARD' },
    { system: gableCodeSystem, code: kind },
  ],
})

const ownCodesIn = (concepts: readonly CodeableConcept[] | undefined) =>
  (concepts ?? []).flatMap(({ coding = [] }) =>
    coding.flatMap(({ system, code }) => (system === gableCodeSystem && code ? code : [])),
  )

const partOf = (extension: Extension | undefined, url: string) =>
  extension?.extension?.find((each) => each.url === url)

/** The references of those who typed an answer in for somebody else. */
export function enterersOf({ agent }: Provenance): readonly string[] {
  return (agent ?? [])
    .filter((each) => isOfType(each, 'enterer'))
    .flatMap((each) => each.who?.reference ?? [])
}

/** True if it says that an answer was given in another way than by one’s own sign-in, known or not. */
export const saysHow = (provenance: Provenance): boolean =>
  extensionOf(provenance, 'agreed-how') !== undefined

/** Which way a record names, as written; undefined if it names none. */
export const wayIn = (provenance: Provenance): string | undefined =>
  partOf(extensionOf(provenance, 'agreed-how'), 'way')?.valueCode

/** The kind of authority a record names, as written: it may be none that counts. */
export const authorityIn = ({ agent }: Provenance): string | undefined =>
  ownCodesIn(agent?.[0]?.role)[0]

export function givenHowFrom(provenance: Provenance): GivenHow {
  const how = extensionOf(provenance, 'agreed-how')
  const way = ways.find((each) => each === wayIn(provenance)) ?? 'own-sign-in'
  const [first, ...others] = provenance.agent ?? []
  const kind = authorityKinds.find((each) => each === authorityIn({ ...provenance }))
  const witness = others.find((each) => isOfType(each, 'verifier'))
  const enterer = others.find((each) => isOfType(each, 'enterer'))
  return {
    way,
    ...given('recordedBy', whoFrom(enterer?.who)),
    ...given('witness', witness && witnessFrom(witness)),
    ...given('paperCode', partOf(how, 'paper-code')?.valueString),
    ...given(
      'authority',
      first && kind ? { kind, document: partOf(how, 'document')?.valueString ?? '' } : undefined,
    ),
    ...given('capacity', partOf(how, 'capacity')?.valueReference?.reference),
    helpers: others.flatMap(helperFrom),
  }
}

const witnessFrom = ({ who, role }: ProvenanceAgent): AnswerWitness => ({
  name: who?.display ?? '',
  role: role?.[0]?.text ?? '',
})

function helperFrom(agent: ProvenanceAgent): readonly AnswerHelper[] {
  const role = helperRoles.find((each) => ownCodesIn(agent.role).includes(each))
  if (!role || !isOfType(agent, 'informant')) return []
  const language = agent.extension?.find((each) => each.url === gableUrl('language'))?.valueString
  return [{ role, name: agent.who?.display ?? '', ...given('language', language) }]
}

/** Everyone who had a part in an answer: who gave it, in what capacity, and who recorded, saw and helped. */
export function agentsOf(by: Who, how: GivenHow, person: string): Provenance['agent'] {
  const { recordedBy, witness, authority, helpers } = how
  const isForAnother = how.way === 'authority' || how.way === 'best-interests'
  if (how.way === 'own-sign-in' && helpers.length === 0) return [{ who: referenceTo(by) }]
  return [
    {
      type: agentType('author'),
      ...(authority ? { role: [authorityRole(authority.kind)] } : {}),
      who: referenceTo(by),
      ...(isForAnother ? { onBehalfOf: { reference: `Patient/${person}` } } : {}),
    },
    ...(recordedBy ? [{ type: agentType('enterer'), who: referenceTo(recordedBy) }] : []),
    ...(witness
      ? [
          {
            type: agentType('verifier'),
            role: [{ text: witness.role }],
            who: { display: witness.name },
          },
        ]
      : []),
    ...helpers.map(({ role, name, language }) => ({
      ...(language ? { extension: [{ url: gableUrl('language'), valueString: language }] } : {}),
      type: agentType('informant'),
      role: [ownCode(role)],
      who: { display: name },
    })),
  ]
}

/** What no element of Provenance has a place for. */
export function howExtension(how: GivenHow): readonly Omit<Extension, 'url'>[] {
  if (how.way === 'own-sign-in') return []
  const { way, paperCode, authority, capacity } = how
  return [
    {
      extension: [
        { url: 'way', valueCode: way },
        ...(paperCode ? [{ url: 'paper-code', valueString: paperCode }] : []),
        ...(authority ? [{ url: 'document', valueString: authority.document }] : []),
        ...(capacity ? [{ url: 'capacity', valueReference: { reference: capacity } }] : []),
      ],
    },
  ]
}
