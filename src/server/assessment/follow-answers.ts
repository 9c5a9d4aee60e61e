import type {
  Observation,
  Questionnaire,
  QuestionnaireResponse,
  Reference,
} from '@medplum/fhirtypes'
import { scoreIdFor, toScoreObservation } from '#domain/assessment/record.ts'
import { type CompleteScore, scoreOfResponse } from '#domain/assessment/scored-response.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import {
  type AnswersContext,
  type AskedAnswer,
  asClosedAs,
  type GivenAnswer,
  shortId,
  whereNone,
} from './given-answers.ts'
import { questionnaireOf } from './questionnaire-of.ts'
import { raised } from './raise-safety.ts'
import { suggested } from './suggest.ts'

/**
 * What follows from answers, no matter who sends them and how: the score by the published rule, suggestions to
 * the professionals, and the safety flag when item 9 of PHQ-9 is more than "not at all". Screens write the same; what
 * exists already stays as it is. It is part of the transaction of the answers.
 */
export async function followAnswers(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<void> {
  const given = new Map(authored.flatMap(answersIn))
  const place = { ...context, isImport: context.url.pathname.endsWith('/$import') }
  const forms = new Map<string, Promise<Questionnaire | undefined>>()
  const formOf = async ({ questionnaire = '' }: QuestionnaireResponse) => {
    const form = forms.get(questionnaire) ?? questionnaireOf(place, questionnaire)
    forms.set(questionnaire, form)
    return await form
  }
  for (const each of given.values()) {
    const answersContext = { context: place, given: each, formOf }
    const derived = [
      ...(await raised(answersContext)),
      ...(await scored(answersContext)),
      ...(await suggested(answersContext)),
    ]
    await keep(
      context,
      each.person,
      derived.map((one) => asClosedAs(each.resource, one)),
    )
  }
}

/** The audit log marks it as done by a rule, beside what the writer of the answers did. */
async function keep(
  context: RequestContext,
  person: string,
  derived: readonly AskedAnswer[],
): Promise<void> {
  if (derived.length === 0) return
  const custodian = context.actor.organisation
  const more = { person, ...(custodian ? { custodian } : {}) }
  const written = await context.service.store.writeMany(
    derived.map((each) => ({ ...each, ...more })),
  )
  for (const [outcome, act] of [
    ['created', 'C'],
    ['updated', 'U'],
  ] as const) {
    const names = written
      .filter((each) => each.outcome === outcome)
      .map(({ kept }) => `${kept.type}/${kept.id}`)
    const what = new Map(names.length > 0 ? [[person, names]] : [])
    await note(context, what, { act, way: 'by-rule' })
  }
}

function answersIn(authored: ProvenanceEntry): readonly (readonly [string, GivenAnswer])[] {
  const { resource, version, act, person } = authored
  if (act === 'D' || !person) return []
  if (resource.resourceType !== 'QuestionnaireResponse' && resource.resourceType !== 'Observation')
    return []
  const name = `${resource.resourceType}/${resource.id}`
  return [[name, { resource, version, act, person }]]
}

/** The score; one that no longer follows from the answers is withdrawn. */
async function scored({ context, given, formOf }: AnswersContext): Promise<readonly AskedAnswer[]> {
  const { resource, person, act } = given
  if (resource.resourceType !== 'QuestionnaireResponse') return []
  const score = scoreOfResponse(resource, await formOf(resource))
  if (!score && act === 'C') return []
  const id = shortId(scoreIdFor(resource.id))
  const stored = await context.service.store.read('Observation', id, everyone)
  // a record of another person stays theirs
  if (stored && stored.person !== person) return []
  const before = stored?.resource as Observation | undefined
  if (!score) return takenBack(before)
  if (before && saysSo(before, score)) return []
  const observation = toScoreObservation({
    ...{ id, response: resource.id, score, person, ...authorOf(resource) },
    at: resource.authored ?? context.now.toISOString(),
  })
  return [{ resource: observation, expect: stored ? 'anything' : whereNone(context) }]
}

function takenBack(before: Observation | undefined): readonly AskedAnswer[] {
  if (!before || before.status === 'entered-in-error') return []
  const resource = { ...before, id: before.id ?? '', status: 'entered-in-error' as const }
  return [{ resource, expect: 'anything' }]
}

const saysSo = ({ status, valueInteger, code }: Observation, { rule, value }: CompleteScore) =>
  ['final', 'amended', 'corrected'].includes(status) &&
  valueInteger === value &&
  code.coding?.[0]?.code === rule.code.code

const performers = [
  ...['Practitioner', 'PractitionerRole', 'Organization', 'CareTeam', 'Patient', 'RelatedPerson'],
]

/** Who answered, as the record says; not the user who sent the answers. */
function authorOf({ author }: QuestionnaireResponse): { by?: Reference } {
  const isOne = performers.some((type) => author?.reference?.startsWith(`${type}/`))
  return author && isOne ? { by: author } : {}
}
