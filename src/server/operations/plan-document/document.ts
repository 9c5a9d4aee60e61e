import type { Bundle, Patient, Resource } from '@medplum/fhirtypes'
import { isToldAsWithheld } from '#domain/access/labels/withheld.ts'
import { documentParameters } from '#domain/audit/export-restore-parameters.ts'
import { exactJson } from '#domain/decimal/digits.ts'
import { withHome } from '#domain/home/care-home.ts'
import { isLanguage, type Language } from '#domain/language/languages.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { phrasesIn, translationNotes } from '#domain/plan/document/phrases-in.ts'
import {
  contentOfDocument,
  planDocument,
  planDocumentSystem,
} from '#domain/plan/document/plan-document.ts'
import { planFile } from '#domain/plan/document/plan-file.ts'
import type { PlanPhrases } from '#domain/plan/document/plan-phrases.ts'
import { type PlanReading, planReading } from '#domain/plan/document/plan-reading.ts'
import { planText } from '#domain/plan/document/plan-text.ts'
import { writtenDay } from '#domain/plan/document/written-day.ts'
import { isWhatIf } from '#domain/plan/fhir.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { houseFromFhir } from '#domain/plan/house/house-fhir.ts'
import { houseLists } from '#domain/plan/house/house-records.ts'
import { whoIs } from '#server/audit/provenance.ts'
import { type ChosenCopy, chosenCopy } from '#server/authorization/chosen-copy.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { documentRecords } from './document-records.ts'

const formats = ['bundle', 'page', 'text'] as const
type Format = (typeof formats)[number]

/**
 * A plan as a document of its own: a FHIR document Bundle, a page that carries that bundle, or plain text. What it
 * holds is chosen as for a copy of the whole record; like every export it is called by POST and is in the audit log.
 */
export const documentOperation: Operation = {
  name: 'document',
  on: 'instance',
  type: 'CarePlan',
  changes: true,
  alone: true,
  purpose:
    'The plan as a document to take away: a FHIR document (format=bundle), a page that carries it (page) or plain text (text); language=en, cy, pl or ur for its fixed words; copy=full and reason for professionals',
  async run(call) {
    const { id = '', context } = call
    const asked = askedIn(call)
    const person = await personOfPlan(call, id)
    const copy = await chosenCopy(context, person, asked)
    const file = await fileOf(call, { planId: id, person, copy, language: asked.language })
    const what = new Map([[person, [`CarePlan/${id}`]]])
    await note(context, what, { act: 'R', way: '$document', why: copy.why })
    return answerIn(asked.format, file)
  },
}

/** Only in the body: a reason may name somebody, and no address may. */
function askedIn(
  call: OperationCall,
): Readonly<{ copy?: string; reason?: string; format: Format; language: Language }> {
  if ([...call.query.keys()].some((key) => key !== '_format'))
    throw new FhirProblem(
      400,
      'invalid',
      'copy, reason and format must be sent in the body, as Parameters',
    )
  const {
    format: wished = 'bundle',
    language = 'en',
    ...asked
  } = askedParameters(call, documentParameters)
  const format = formats.find((each) => each === wished)
  if (!format)
    throw new FhirProblem(400, 'not-supported', `format must be one of ${formats.join(', ')}`)
  if (!isLanguage(language))
    throw new FhirProblem(400, 'not-supported', 'language must be one of en, cy, pl, ur')
  // another service reads English
  return { ...asked, format, language: asked.copy === 'full' ? 'en' : language }
}

/** Whose it is, as it is stored: a reference can be written in many ways. */
async function personOfPlan({ store, scope }: OperationCall, id: string): Promise<string> {
  const stored = await store.read('CarePlan', id, scope)
  const plan = stored?.resource
  if (!stored?.person || plan?.resourceType !== 'CarePlan') throw notFound()
  if (!isWhatIf(plan)) return stored.person
  const text = 'This is a part of a plan: ask for the document of the plan itself'
  throw new FhirProblem(422, 'business-rule', text)
}

type Wanted = Readonly<{ planId: string; person: string; copy: ChosenCopy; language: Language }>
type PlanCopy = Readonly<{ reading: PlanReading; bundle: Bundle; notes: readonly string[] }>

async function fileOf(
  call: OperationCall,
  { planId, person, copy, language }: Wanted,
): Promise<PlanCopy> {
  const phrases = phrasesIn(language)
  const unreviewed = translationNotes(language)
  const { context, now, today, actor } = call
  const { sql } = context.service
  const records = await documentRecords({ person, scope: copy.scope, now, sql })
  const patient = records.find(
    (each): each is Patient & { id: string } => each.resourceType === 'Patient',
  )
  if (!patient) throw notFound()
  const shown = withHome(patient, records)
  const house = houseFromFhir(
    { ...houseLists(records), patient: shown },
    { today, zone: context.zone },
  )
  if (house.plan?.id !== planId) throw notCurrent()
  const reading = planReading(house, {
    ...{ phrases, today, born: patient.birthDate },
    sayDay: (at) => writtenDay(at, context.zone, language),
    nhsNumber: personFromFhir(patient, today).nhsNumber,
    withheld: [...unreviewed, ...(await withheldIn(call, { person, copy, house, phrases }))],
  })
  const organisation = actor.organisation
  const bundle = planDocument(reading, {
    ...{ planId, records, base: context.base, at: now.toISOString() },
    person: { id: person, name: house.name },
    author: whoIs(actor) ?? {},
    custodian: organisation ? { reference: `Organization/${organisation}` } : undefined,
  })
  return { reading, bundle: withIdentifier(bundle), notes: [...unreviewed, ...phrases.fileNotes] }
}

const notCurrent = () =>
  new FhirProblem(
    422,
    'business-rule',
    'Only the current plan of a person can be taken as a document',
  )

/** Its content decides: the same plan has the same identifier, wherever it is exported. */
function withIdentifier(bundle: Bundle): Bundle {
  const value = sha256Hex(exactJson(sortedKeys(contentOfDocument(bundle))))
  return { ...bundle, identifier: { system: planDocumentSystem, value } }
}

/** The database changes the order of keys. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sortedKeys(each)]))
}

type Withheld = Readonly<{
  person: string
  copy: ChosenCopy
  house: HouseRecord
  phrases: PlanPhrases
}>

async function withheldIn(
  { context, actor }: OperationCall,
  { person, copy, house, phrases }: Withheld,
): Promise<readonly string[]> {
  if (copy.isFull) return [phrases.copyOf(actor.name)]
  const { rows } = await context.service.sql.query<{ content: Resource | string }>(
    `select content from resource where person = $1 and room in ('professional', 'sealed')
     and content is not null and content -> 'meta' ? 'security'`,
    [person],
  )
  const isHidden = rows.some(({ content }) => isToldAsWithheld(storedRecord<Resource>(content)))
  return [phrases.ownCopy, ...(isHidden ? [phrases.hiddenFrom(house.givenName)] : [])]
}

const kinds: Readonly<Record<Format, Readonly<{ type: string; name: string }>>> = {
  bundle: { type: 'application/fhir+json; charset=utf-8', name: 'plan.json' },
  page: { type: 'text/html; charset=utf-8', name: 'plan.html' },
  text: { type: 'text/plain; charset=utf-8', name: 'plan.txt' },
}

function answerIn(format: Format, { reading, bundle, notes }: PlanCopy): Response {
  const written: Readonly<Record<Format, () => string>> = {
    bundle: () => exactJson(bundle),
    page: () => planFile(reading, exactJson(bundle), notes),
    text: () => planText(reading),
  }
  const { type, name } = kinds[format]
  return new Response(written[format](), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
      // opened in place of saved, the page can do nothing here
      'Content-Security-Policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
