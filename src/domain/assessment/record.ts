import type { Observation, QuestionnaireResponse, Reference } from '@medplum/fhirtypes'
import { gableCodeSystem, hl7CodeSystem, loincSystem } from '#domain/fhir/codes.ts'
import type { FormAnswers } from './form.ts'
import { instrumentAt } from './instruments/library.ts'
import { instruments, phq9Answers } from './instruments.ts'
import { phq9AnswersIn, phq9Points } from './phq9.ts'
import { type Answerer, whoAnswered } from './reassess/who-answered.ts'
import { fromResponse, type WhoWasThere, whoWasThere } from './response.ts'
import type { Score } from './score.ts'

/** One time that someone was asked: a draft, a completed assessment, or one that was stopped. */
export type AssessmentRecord = Readonly<{
  id: string
  versionId: string
  /** canonical URL and version of the questionnaire */
  url: string
  version: string
  state: 'draft' | 'completed' | 'stopped'
  at?: string
  by?: string
  answers: FormAnswers
  there?: WhoWasThere
  /** whoever wrote it last */
  author?: Answerer
  /** by link id, where several people answered */
  answeredBy?: ReturnType<typeof whoAnswered>
}>

/** A score as saved when the assessment was completed. */
export type ScoreRecord = Readonly<{
  response: string
  code: string
  value: number
  band?: string
  at?: string
}>

const states: Readonly<Partial<Record<string, AssessmentRecord['state']>>> = {
  'in-progress': 'draft',
  completed: 'completed',
  amended: 'completed',
}

/** Undefined for a response that was entered in error. */
export function toAssessmentRecord(response: QuestionnaireResponse): AssessmentRecord | undefined {
  if (response.status === 'entered-in-error') return undefined
  return {
    id: response.id ?? '',
    versionId: response.meta?.versionId ?? '',
    state: states[response.status] ?? 'stopped',
    ...(response.authored ? { at: response.authored } : {}),
    ...(response.author?.display ? { by: response.author.display } : {}),
    there: whoWasThere(response),
    answeredBy: whoAnswered(response),
    ...authorOf(response),
    ...askedIn(response),
  }
}

const authorOf = ({ author }: QuestionnaireResponse): Pick<AssessmentRecord, 'author'> =>
  author?.reference && author.display
    ? { author: { reference: author.reference, name: author.display } }
    : {}

/** Which questionnaire the answers are of. A PHQ-9 that another system asked is read as ours, but is not a draft of ours. */
function askedIn(
  response: QuestionnaireResponse,
): Pick<AssessmentRecord, 'url' | 'version' | 'answers'> {
  const [url = '', version = ''] = (response.questionnaire ?? '').split('|')
  const isOurs = url === instruments.whatMatters.url || instrumentAt(url) !== undefined
  const phq9 = isOurs ? new Map() : phq9AnswersIn(response)
  if (phq9.size === 0) return { url, version, answers: fromResponse(response) }
  const answers = [...phq9].flatMap(([linkId, given]) => {
    const points = given.length === 1 && given[0] ? phq9Points(given[0]) : undefined
    const answer = points === undefined ? undefined : phq9Answers[points]
    return answer ? [[linkId, [{ system: loincSystem, ...answer }]] as const] : []
  })
  const others = fromResponse(response)
  return {
    ...{ url: instruments.phq9.url, version: '' },
    answers: { ...others, ...Object.fromEntries(answers) },
  }
}

/** `item`: link id of a further score of the same answers. */
export const scoreIdFor = (responseId: string, item?: string) =>
  item ? `score-${responseId}-${item}` : `score-${responseId}`

type Scored = Readonly<{
  response: string
  score: Extract<Score, { state: 'complete' }>
  person: string
  /** absent if it is not known who answered */
  by?: Reference
  at: string
  /** id of the score, if it cannot be derived from that of the response */
  id?: string
}>

/** The score on the record, derived from the answers, with its band and the source of the rule. */
export function toScoreObservation(facts: Scored): Observation & { id: string } {
  const { score, at } = facts
  return {
    resourceType: 'Observation',
    id: facts.id ?? scoreIdFor(facts.response),
    status: 'final',
    category: [
      {
        coding: [
          {
            system: hl7CodeSystem('observation-category'),
            code: 'survey',
          },
        ],
      },
    ],
    code: { coding: [{ ...score.rule.code }], text: score.rule.code.display },
    subject: { reference: `Patient/${facts.person}` },
    effectiveDateTime: score.taken?.day ?? at,
    ...(facts.by ? { performer: [facts.by as NonNullable<Observation['performer']>[number]] } : {}),
    ...scoreValue(score),
    interpretation: [{ coding: [{ system: gableCodeSystem, code: score.band.code }] }],
    method: { text: methodOf(score) },
    ...takenNote(score),
    ...componentsOf(score),
    derivedFrom: [{ reference: `QuestionnaireResponse/${facts.response}` }],
  }
}

/** A whole number without a unit is an integer; a measurement is a quantity. */
function scoreValue({
  rule,
  value,
}: Scored['score']): Pick<Observation, 'valueInteger' | 'valueQuantity'> {
  const { unit } = rule
  if (!unit && Number.isInteger(value)) return { valueInteger: value }
  const { display, ...coded } = unit ?? { display: '' }
  return { valueQuantity: { value, ...(display ? { unit: display } : {}), ...coded } }
}

const methodOf = ({ rule, taken }: Scored['score']) =>
  taken?.version ? `${rule.source}; version ${taken.version}` : rule.source

/** Who used the licensed form, and on what terms: the writer of the record may be somebody else. */
function takenNote({ taken }: Scored['score']): Pick<Observation, 'note'> {
  if (!taken?.by) return {}
  return { note: [{ text: `Score from the licensed form, done by ${taken.by}` }] }
}

/** The parts of a score beside its total. */
function componentsOf({ parts = [] }: Scored['score']): Pick<Observation, 'component'> {
  if (parts.length === 0) return {}
  return {
    component: parts.map(({ code, value }) => ({
      code: { coding: [{ ...code }], text: code.display },
      ...(typeof value === 'number' ? { valueInteger: value } : { valueString: value }),
    })),
  }
}

/** Undefined for an Observation that is not a score of an assessment. */
export function toScoreRecord(observation: Observation): ScoreRecord | undefined {
  const from = observation.derivedFrom?.find((each) =>
    each.reference?.startsWith('QuestionnaireResponse/'),
  )?.reference
  const coding = observation.code.coding?.[0]
  const value = observation.valueInteger ?? observation.valueQuantity?.value
  if (!from || value === undefined || !coding?.code) return undefined
  const band = observation.interpretation?.[0]?.coding?.[0]?.code
  return {
    response: from.slice('QuestionnaireResponse/'.length),
    code: coding.code,
    value,
    ...(band ? { band } : {}),
    ...(observation.effectiveDateTime ? { at: observation.effectiveDateTime } : {}),
  }
}
