import type {
  Flag,
  Observation,
  Questionnaire,
  QuestionnaireResponse,
  Reference,
} from '@medplum/fhirtypes'
import { everyone } from '#api/access/scope-of.ts'
import { agentOf } from '#api/audit/trail.ts'
import type { Authored } from '#api/audit/written-by.ts'
import { note, type Visit } from '#api/rest/visit.ts'
import { sha256Hex } from '#api/sha256.ts'
import type { Kept, WriteRequest } from '#api/sql/store.ts'
import { phq9Item9 } from '#domain/assessment/instruments.ts'
import {
  concernIn,
  item9Observed,
  phq9AnswersIn,
  phq9Points,
  type Value,
} from '#domain/assessment/phq9.ts'
import { scoreIdFor, toScoreObservation } from '#domain/assessment/record.ts'
import { safetyFlagId, toSafetyFlag } from '#domain/assessment/safety-flag.ts'
import { type CompleteScore, scoreOfResponse } from '#domain/assessment/scored-response.ts'
import { questionnaireOf } from './questionnaire-of.ts'

type Answers = QuestionnaireResponse | Observation

/** Answers that somebody has just written about a person. */
type Given = Readonly<{
  resource: Answers & { id: string }
  version: number
  act: 'C' | 'U'
  person: string
}>

/**
 * What answers lead to, whoever brought them and by whichever door: the score by the published rule, and the safety flag
 * when item 9 of PHQ-9 is more than "not at all". Screens write the same; what stands already is left as it is. It goes
 * with the transaction of the answers.
 */
export async function followAnswers(visit: Visit, authored: readonly Authored[]): Promise<void> {
  const given = new Map(authored.flatMap(answersIn))
  const forms = new Map<string, Promise<Questionnaire | undefined>>()
  const formOf = async ({ questionnaire = '' }: QuestionnaireResponse) => {
    const asked = forms.get(questionnaire) ?? questionnaireOf(visit, questionnaire)
    forms.set(questionnaire, asked)
    return await asked
  }
  for (const each of given.values()) {
    const ground = { visit, given: each, formOf }
    await keep(visit, each.person, [...(await raised(ground)), ...(await scored(ground))])
  }
}

type Ground = Readonly<{
  visit: Visit
  given: Given
  formOf: (response: QuestionnaireResponse) => Promise<Questionnaire | undefined>
}>

async function keep(visit: Visit, person: string, asked: readonly Asked[]): Promise<void> {
  if (asked.length === 0) return
  const custodian = visit.actor.organisation
  const more = { person, ...(custodian ? { custodian } : {}) }
  const written = await visit.service.store.writeMany(asked.map((each) => ({ ...each, ...more })))
  for (const way of ['create', 'update'] as const) {
    const names = written
      .filter(({ outcome }) => outcome === `${way}d`)
      .map(({ kept }) => `${kept.type}/${kept.id}`)
    const what = new Map(names.length > 0 ? [[person, names]] : [])
    await note(visit, what, { act: way === 'create' ? 'C' : 'U', way })
  }
}

function answersIn(authored: Authored): readonly (readonly [string, Given])[] {
  const { resource, version, act, person } = authored
  if (act === 'D' || !person) return []
  if (resource.resourceType !== 'QuestionnaireResponse' && resource.resourceType !== 'Observation')
    return []
  const name = `${resource.resourceType}/${resource.id}`
  return [[name, { resource, version, act, person }]]
}

type Asked = Pick<WriteRequest, 'resource' | 'expect'>

/** The flag that item 9 raises, unless it stands already. One that somebody closed is raised anew by a new answer alone. */
async function raised(ground: Ground): Promise<readonly Asked[]> {
  const { visit, given } = ground
  const { resource, version, act, person } = given
  const answers = await item9In(ground, resource)
  if (concernIn(answers) === undefined) return []
  const first = shortId(safetyFlagId(resource.id))
  const standing = await flagAbout(visit, first, given)
  if (standing === 'open') return []
  if (standing === 'closed' && act === 'U' && !(await isNewAnswer(ground, answers))) return []
  const place =
    standing === 'none'
      ? ({ id: first, expect: 'anything' } as const)
      : await furtherPlace(visit, shortId(`${first}-${version}`), given)
  const by = authorOf(resource, visit, flagAuthors)
  const flag = toSafetyFlag({
    ...{ id: place.id, response: resource.id, code: 'phq-9-item-9', person },
    at: takenAt(resource) ?? visit.now.toISOString(),
    ...(by ? { by } : {}),
    ...(resource.resourceType === 'Observation' ? { type: 'Observation' as const } : {}),
  })
  return [{ resource: flag, expect: place.expect }]
}

/** What stands under an id that another source made, too, is not overwritten: a new id is anybody's. */
async function furtherPlace({ service }: Visit, id: string, given: Given) {
  const kept = await service.store.read('Flag', id, everyone)
  if (!kept || isAbout(kept, given)) return { id, expect: 'anything' } as const
  return { id: crypto.randomUUID(), expect: 'absent' } as const
}

async function item9In({ formOf }: Ground, resource: Answers): Promise<readonly Value[]> {
  if (resource.status === 'entered-in-error') return []
  if (resource.resourceType === 'Observation')
    return resource.status === 'cancelled' ? [] : item9Observed(resource)
  return phq9AnswersIn(resource, await formOf(resource)).get(phq9Item9) ?? []
}

/** A flag that stood there before the answers, and is closed, was never about them: a new one is raised all the same. */
async function flagAbout(
  { service }: Visit,
  id: string,
  given: Given,
): Promise<'none' | 'open' | 'closed'> {
  const kept = await service.store.read('Flag', id, everyone)
  if (!kept) return 'none'
  const flag = kept.resource as Flag | undefined
  return isAbout(kept, given) && flag?.status === 'active' && isSafety(flag) ? 'open' : 'closed'
}

const isAbout = ({ person, resource: flag }: Kept, given: Given): boolean =>
  person === given.person && aboutOf(flag as Flag | undefined).endsWith(`/${given.resource.id}`)

const aboutOf = (flag: Flag | undefined): string =>
  flag?.extension?.find((each) => each.url.endsWith('/about'))?.valueReference?.reference ?? ''

const isSafety = (flag: Flag) =>
  flag.category?.some((each) => each.coding?.some((one) => one.code === 'safety')) === true

async function isNewAnswer(ground: Ground, answers: readonly Value[]): Promise<boolean> {
  const { visit, given } = ground
  const { resource, version } = given
  const { resourceType, id } = resource
  const before = await visit.service.store.readVersion(resourceType, id, version - 1, everyone)
  const old = before?.resource as Answers | undefined
  return !old || saidIn(await item9In(ground, old)) !== saidIn(answers)
}

/** What was answered, whatever the order in which a database keeps it. */
const saidIn = (answers: readonly Value[]) =>
  JSON.stringify([concernIn(answers), answers.map(phq9Points)])

/** The score; one that no longer follows from the answers is taken back. */
async function scored({ visit, given, formOf }: Ground): Promise<readonly Asked[]> {
  const { resource, person, act } = given
  if (resource.resourceType !== 'QuestionnaireResponse') return []
  const score = scoreOfResponse(resource, await formOf(resource))
  if (!score && act === 'C') return []
  const id = shortId(scoreIdFor(resource.id))
  const kept = await visit.service.store.read('Observation', id, everyone)
  // what belongs to somebody else stays hers
  if (kept && kept.person !== person) return []
  const before = kept?.resource as Observation | undefined
  if (!score) return takenBack(before)
  if (before && saysSo(before, score)) return []
  const by = authorOf(resource, visit, performers)
  const observation = toScoreObservation({
    ...{ id, response: resource.id, score, person },
    at: resource.authored ?? visit.now.toISOString(),
    ...(by ? { by } : {}),
  })
  return [{ resource: observation, expect: 'anything' }]
}

function takenBack(before: Observation | undefined): readonly Asked[] {
  if (!before || before.status === 'entered-in-error') return []
  const resource = { ...before, id: before.id ?? '', status: 'entered-in-error' as const }
  return [{ resource, expect: 'anything' }]
}

const saysSo = ({ status, valueInteger, code }: Observation, { rule, value }: CompleteScore) =>
  ['final', 'amended', 'corrected'].includes(status) &&
  valueInteger === value &&
  code.coding?.[0]?.code === rule.code.code

/** Ids of 64 letters at most: a longer one is made of its sum. */
function shortId(id: string): string {
  return id.length <= 64 ? id : `${id.split('-')[0]}-${sha256Hex(id).slice(0, 48)}`
}

const flagAuthors = ['Practitioner', 'PractitionerRole', 'Organization', 'Patient', 'Device']
const performers = [
  ...['Practitioner', 'PractitionerRole', 'Organization', 'CareTeam', 'Patient', 'RelatedPerson'],
]

/** Who answered, as the record says; else the one who brought it. */
function authorOf(
  resource: Answers,
  { actor }: Visit,
  types: readonly string[],
): Reference | undefined {
  const said = resource.resourceType === 'Observation' ? resource.performer?.[0] : resource.author
  const agent = agentOf(actor)
  const bringer = agent ? { reference: agent, display: actor.name } : undefined
  const all: readonly (Reference | undefined)[] = [said, bringer]
  return all.find((each) => types.some((type) => each?.reference?.startsWith(`${type}/`)))
}

function takenAt(resource: Answers): string | undefined {
  if (resource.resourceType === 'QuestionnaireResponse') return resource.authored
  return resource.effectiveDateTime ?? resource.effectiveInstant ?? resource.issued
}
