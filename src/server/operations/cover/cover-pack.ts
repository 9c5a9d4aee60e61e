import { dayWritten } from '#domain/calendar/days.ts'
import { instantIn } from '#domain/calendar/zone.ts'
import { awayFor, coverFor } from '#domain/cover/away-now.ts'
import type { CoverNote } from '#domain/cover/cover-note.ts'
import {
  type CoverPack,
  coverPackAnswer,
  coverPackRequest,
  type PackPerson,
} from '#domain/cover/cover-pack.ts'
import { whoFrom } from '#domain/fhir/references-and-extensions.ts'
import { contactSheetFrom } from '#domain/person/contact-sheet.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { isPlan } from '#domain/plan/fhir.ts'
import type { WhatIfStep, Who } from '#domain/plan/plan.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { priorityBands } from '#domain/today/today.ts'
import { watchedTrends } from '#domain/trend/watched-trends.ts'
import { absenceToRead } from '#server/cover/absence-to-read.ts'
import { changesOf, handedKey } from '#server/cover/coordinator-changes.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { type PersonToday, todayOfCaseload } from '#server/operations/worklists/today.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import { readEssentials } from '#server/worse/read-essentials.ts'
import { coverNotes } from './cover-notes.ts'
import { mustBeCoworker } from './staff-here.ts'

/** What whoever covers has to know about each person, drafted from the record, with the words of whoever is away. */
export const coverPackOperation: Operation = {
  name: 'cover-pack',
  on: 'type',
  type: 'PractitionerRole',
  changes: false,
  purpose:
    'What whoever looks after people in place of a colleague has to know, person by person, those first who need somebody now: state, what is watched, promises, risks, crisis plan, who to call, last contact, what matters, and the words of the colleague. For an absence (id): for whoever is away and whoever covers. For people handed over for good (batch): for whoever did it, whose they were, and whoever took them over, who has their own. Before that, as a draft (from, a Practitioner, and person): for professionals of the organisation. Always of people whom the caller may see',
  async run(call) {
    const coworker = mustBeCoworker(call.actor)
    const { head, people, key, coverOf } = await packAsked(call, coworker)
    const notes = key ? await coverNotes(call, key) : new Map<string, CoverNote>()
    const packed: PackPerson[] = []
    for (const each of people) {
      const cover = coverOf(each)
      if (!cover || each.facts.died) continue
      packed.push(await packOf(call, each, { cover, note: notes.get(each.records.person) }))
    }
    const order = ({ band }: PackPerson) => priorityBands.indexOf(band)
    const seen = packed.map((each) => [each.id, [`Patient/${each.id}`]] as const)
    await note(call.context, new Map(seen), { act: 'R', way: '$cover-pack' })
    return coverPackAnswer.write({
      ...head,
      people: packed.toSorted(
        (one, other) => order(one) - order(other) || one.family.localeCompare(other.family),
      ),
    })
  },
}

type Asked = Readonly<{
  head: Omit<CoverPack, 'people'>
  people: readonly PersonToday[]
  /** under which words for these people are kept */
  key: string
  /** who looks after this person; undefined: not in this pack */
  coverOf: (each: PersonToday) => Who | undefined
}>
type Coworker = ReturnType<typeof mustBeCoworker>

async function packAsked(call: OperationCall, coworker: Coworker): Promise<Asked> {
  const { id, batch, from, people } = askedParameters(call, coverPackRequest)
  if (batch) return await packOfBatch(call, batch, coworker)
  if (from) return await packDrafted(call, { from, people }, coworker)
  return await packOfAbsence(call, id ?? '', coworker)
}

async function packOfAbsence(call: OperationCall, id: string, { organisation, me }: Coworker) {
  const { absence, line, exceptions, isOwn } = await absenceToRead(call, id, { organisation, me })
  const away = { absences: [absence], exceptions }
  const { people } = await todayOfCaseload(call, { asIf: away })
  const coverOf = ({ records: { episode, person } }: PersonToday) => {
    const coordinator = episode.careManager?.reference
    const where = { coordinator, organisation: episode.managingOrganization?.reference }
    const found = coverFor(awayFor(away, where), coordinator, person)
    return isOwn || found?.cover.reference === me ? found?.cover : undefined
  }
  return { head: { absence: line }, people, key: id, coverOf }
}

/** Whoever took some of them over has these; for everybody else there is no such batch (404). */
async function packOfBatch(call: OperationCall, batch: string, { me }: Coworker): Promise<Asked> {
  const changes = (await changesOf(call, batch)).filter(({ undone }) => !undone)
  const own = changes.filter(({ by, from, to }) =>
    [by, from, to].some(({ reference }) => reference === me),
  )
  const [first] = own
  if (!first) throw notFound()
  const only = own.map(({ person }) => person)
  const { people } = await todayOfCaseload(call, { whose: 'team', only })
  const { from, reason, at, by } = first
  return {
    head: { handed: { batch, from, by: by.name, at, reason } },
    ...{ people, key: handedKey(batch) },
    coverOf: ({ records }) => own.find(({ person }) => person === records.person)?.to,
  }
}

const mostDrafted = 200

async function packDrafted(
  call: OperationCall,
  { from, people: only }: Readonly<{ from: string; people: readonly string[] }>,
  { organisation }: Coworker,
): Promise<Asked> {
  if (only.length > mostDrafted)
    throw new FhirProblem(422, 'too-costly', `${mostDrafted} people at most stand in one pack`)
  const { people } = await todayOfCaseload(call, { whose: 'team', only })
  const coverOf = ({ records: { episode } }: PersonToday): Who | undefined => {
    const isHere = episode.managingOrganization?.reference === `Organization/${organisation}`
    const who = whoFrom(episode.careManager)
    return isHere && who?.reference === `Practitioner/${from}` ? who : undefined
  }
  return { head: {}, people, key: '', coverOf }
}

type Left = Readonly<{ cover: Who; note: CoverNote | undefined }>

async function packOf(
  call: OperationCall,
  { records, facts, items, band }: PersonToday,
  { cover, note: left }: Left,
): Promise<PackPerson> {
  const { person, patient } = records
  const {
    id,
    family = '',
    given = '',
    birthDate = '',
    nhsNumber = '',
  } = personFromFhir(patient, call.today)
  const essentials = (await readEssentials({ ...call, person }))?.essentials
  return {
    ...{ id, family, given, birthDate, nhsNumber, band, cover },
    ...(left
      ? { note: { words: left.words, by: left.by.name, at: left.at, version: left.version } }
      : {}),
    needs: [...items],
    limits: facts.limits.map(({ kind, low, high, riseOver }) => ({
      kind,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
      ...(riseOver === undefined ? {} : { riseOver }),
    })),
    trends: records.plans
      .filter(isPlan)
      .flatMap(watchedTrends)
      .map(({ rule: { code, version } }) => ({ code, version })),
    ...promisesAndDays(call, { records, facts }),
    ...essentialWords(essentials, facts),
    call: callOf(call, records),
  }
}

function essentialWords(essentials: Essentials | undefined, { safety }: PersonToday['facts']) {
  const { circumstances = [], situations = [], crisis = [] } = essentials ?? {}
  return {
    risks: [...safety.map(({ text }) => text), ...circumstances],
    allergiesKnown: essentials?.allergies.known === true,
    allergies: [...(essentials?.allergies.list ?? [])],
    crisis: [...situations, ...crisis].map(({ words }) => words),
    ...{ matters: essentials?.matters ?? '', communication: essentials?.communication ?? '' },
    ...{ amber: stepWords(essentials?.amber), red: stepWords(essentials?.red) },
  }
}

function promisesAndDays(
  { now, context }: OperationCall,
  { records, facts }: Pick<PersonToday, 'records' | 'facts'>,
) {
  const open = facts.actions.filter(({ state }) => !['done', 'stopped', 'refused'].includes(state))
  const stay = facts.stays.find(({ from, until }) => !until && from)
  const { lastContact } = records
  return {
    promises: open
      .map(({ what, owner, dueOn }) => ({ what, owner: owner?.name ?? '', due: dueOn ?? '' }))
      .toSorted((one, other) => (one.due || '9').localeCompare(other.due || '9')),
    lastContact: lastContact ? dayWritten(instantIn(context.zone, Date.parse(lastContact))) : '',
    reviewOn: facts.review?.on ?? '',
    inHospitalSince: stay ? dayWritten(stay.from || now.toISOString()) : '',
  }
}

const stepWords = (step: WhatIfStep | undefined): string =>
  [step?.sign, step?.doWhat, step?.ring].filter(Boolean).join(' · ')

/** The person, then those close to them. */
function callOf({ today }: OperationCall, { patient, carers }: PersonToday['records']) {
  const sheet = contactSheetFrom({ patient, relatives: carers, today })
  const { given = '', family = '' } = personFromFhir(patient, today)
  const own = {
    name: `${given} ${family}`.trim(),
    relation: '',
    phone: sheet.phones[0]?.value ?? '',
  }
  const others = sheet.others.map(({ name, relation, phones }) => ({
    ...{ name, relation, phone: phones[0]?.value ?? '' },
  }))
  return [own, ...others].filter(({ phone }) => phone !== '')
}
