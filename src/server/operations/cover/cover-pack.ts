import { dayWritten } from '#domain/calendar/days.ts'
import { instantIn } from '#domain/calendar/zone.ts'
import { awayFor, coverFor } from '#domain/cover/away-now.ts'
import type { CoverNote } from '#domain/cover/cover-note.ts'
import { coverPackAnswer, coverPackRequest, type PackPerson } from '#domain/cover/cover-pack.ts'
import { contactSheetFrom } from '#domain/person/contact-sheet.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { isPlan } from '#domain/plan/fhir.ts'
import type { WhatIfStep, Who } from '#domain/plan/plan.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { priorityBands } from '#domain/today/today.ts'
import { watchedTrends } from '#domain/trend/watched-trends.ts'
import { absenceToRead } from '#server/cover/absence-to-read.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { todayOfCaseload } from '#server/operations/worklists/today.ts'
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
    'What whoever covers for an absence (id) has to know, person by person, those first who need somebody now: state, what is watched, promises, risks, crisis plan, who to call, last contact, what matters, and the words of whoever is away. For whoever is away and whoever covers, of people whom the caller may see',
  async run(call) {
    const coworker = mustBeCoworker(call.actor)
    const { id } = askedParameters(call, coverPackRequest)
    const { absence, line, exceptions, isOwn } = await absenceToRead(call, id, coworker)
    const away = { absences: [absence], exceptions }
    const { people } = await todayOfCaseload(call, { asIf: away })
    const notes = await coverNotes(call, id)
    const packed: PackPerson[] = []
    for (const each of people) {
      const { careManager, managingOrganization } = each.records.episode
      const coordinator = careManager?.reference
      const where = { coordinator, organisation: managingOrganization?.reference }
      const found = coverFor(awayFor(away, where), coordinator, each.records.person)
      if (!found || each.facts.died || (!isOwn && found.cover.reference !== coworker.me)) continue
      const { person } = each.records
      packed.push(await packOf(call, each, { cover: found.cover, note: notes.get(person) }))
    }
    const order = ({ band }: PackPerson) => priorityBands.indexOf(band)
    const seen = packed.map((each) => [each.id, [`Patient/${each.id}`]] as const)
    await note(call.context, new Map(seen), { act: 'R', way: '$cover-pack' })
    return coverPackAnswer.write({
      absence: line,
      people: packed.toSorted(
        (one, other) => order(one) - order(other) || one.family.localeCompare(other.family),
      ),
    })
  },
}

type PersonToday = Awaited<ReturnType<typeof todayOfCaseload>>['people'][number]
type Left = Readonly<{ cover: Who; note: CoverNote | undefined }>

async function packOf(
  call: OperationCall,
  { records, facts, items, band }: PersonToday,
  { cover, note: left }: Left,
): Promise<PackPerson> {
  const { person, patient } = records
  const { id, family = '', given = '', birthDate = '' } = personFromFhir(patient, call.today)
  const essentials = (await readEssentials({ ...call, person }))?.essentials
  return {
    ...{ id, family, given, birthDate, band, cover },
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
