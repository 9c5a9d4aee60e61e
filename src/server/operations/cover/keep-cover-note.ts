import type { Absence } from '#domain/cover/absence.ts'
import { absenceState } from '#domain/cover/absence.ts'
import { absenceFault } from '#domain/cover/absence-fault.ts'
import { withEveryCover } from '#domain/cover/away-now.ts'
import { type CoverNote, coverNoteFromFhir, coverNoteToFhir } from '#domain/cover/cover-note.ts'
import { type KeepCoverNote, keepCoverNoteRequest } from '#domain/cover/cover-pack.ts'
import type { Who } from '#domain/plan/plan.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import { absenceRefusal } from '#server/cover/absence-refusal.ts'
import { absenceToRead } from '#server/cover/absence-to-read.ts'
import { coverNoteId } from '#server/cover/cover-note-id.ts'
import { absencesOf, exceptionsOf, lockAbsences } from '#server/cover/kept-absences.ts'
import { stale } from '#server/http/responses.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { mustBeShort } from '#server/validation/short-words.ts'
import { mustBeCoworker, type StaffHere, staffHere } from './staff-here.ts'

const way = '$keep-cover-note'

/** What a colleague should know about one person, and who looks after them if it is not the one who covers for the others. */
export const keepCoverNoteOperation: Operation = {
  name: 'keep-cover-note',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'What whoever covers for an absence should know about one person (absence, words), and who looks after this person if somebody else does (cover, a colleague of the same organisation who is there; empty: the one who covers for the others); version (that was read, 0 for a new one; 412 if it was changed since). For whoever is away and coordinates the care, until they are back. Between professionals. Returns the record (Basic)',
  async run(call) {
    const coworker = mustBeCoworker(call.actor)
    const asked = askedParameters(call, keepCoverNoteRequest)
    const person = call.id ?? ''
    const words = mustBeShort(asked.words ?? '')
    return await withinRecord(
      call.context,
      async (inside) => {
        await lockAbsences(inside, coworker.organisation)
        const within = { ...call, context: inside }
        const { absence, isOwn } = await absenceToRead(within, asked.absence, coworker)
        await mustBeOwn(within, { absence, isOwn, person })
        const staff = await staffHere(within, coworker.organisation)
        const cover = await otherCover(within, { asked, absence, staff })
        const id = coverNoteId(absence.id, person)
        await mustBeAsRead(within, id, asked.version)
        const note: Omit<CoverNote, 'version'> = {
          ...{ id, absence: absence.id, person, words, at: call.now.toISOString() },
          ...{ by: writerOf(inside, person).who, ...(cover ? { cover } : {}) },
        }
        const record = coverNoteToFhir(note)
        await keepRecords(inside, [record], { person, way })
        return record
      },
      person,
    )
  },
}

type Own = Readonly<{ absence: Absence; isOwn: boolean; person: string }>

async function mustBeOwn(call: OperationCall, { absence, isOwn, person }: Own): Promise<void> {
  if (!isOwn) throw forbidden('Only whoever is away says who looks after their people')
  if (!(await coordinates(call, absence, person)))
    throw forbidden('Only whoever coordinates the care says who looks after this person')
  if (['back', 'read'].includes(absenceState(absence, call.today)))
    throw new FhirProblem(409, 'conflict', 'This absence is over')
}

/** An open case of the organisation that the absence stands in, whatever other cases there are. */
async function coordinates(
  { context }: OperationCall,
  { who, organisation = '' }: Absence,
  person: string,
): Promise<boolean> {
  const { rows } = await context.service.sql.query(
    `select 1 from resource where rt = 'EpisodeOfCare' and person = $1
       and content ->> 'status' in ('active', 'onhold')
       and content #>> '{careManager,reference}' = $2
       and content #>> '{managingOrganization,reference}' = $3 limit 1`,
    [person, who.reference, organisation],
  )
  return rows.length > 0
}

type Wished = Readonly<{ asked: KeepCoverNote; absence: Absence; staff: readonly StaffHere[] }>

/** Undefined: the one who covers for the others. Throws 422 for somebody who is not there. */
async function otherCover(
  { context, today }: OperationCall,
  { asked, absence, staff }: Wished,
): Promise<Who | undefined> {
  if (!asked.cover || `Practitioner/${asked.cover}` === absence.cover.reference) return undefined
  const reference = `Practitioner/${asked.cover}`
  const cover = staff.find(({ who }) => who.reference === reference)?.who ?? {
    ...{ reference, name: '', voice: 'professional' as const },
  }
  const all = absencesOf(staff.flatMap(({ roles }) => roles)).filter(({ until }) => until >= today)
  const exceptions = await exceptionsOf(
    context.service.sql,
    all.map(({ id }) => id),
  )
  const fault = absenceFault(
    { ...absence, cover },
    {
      ...{ today, standing: absence, colleagues: staff.map(({ who }) => who.reference) },
      others: withEveryCover(all, exceptions).filter(({ id }) => id !== absence.id),
    },
  )
  if (fault) throw absenceRefusal(fault, { who: absence.who.name, cover: cover.name })
  return cover
}

/** Nothing that was written on another screen is overwritten. Throws 412. */
async function mustBeAsRead({ context }: OperationCall, id: string, read: number): Promise<void> {
  const stored = await context.service.store.read('Basic', id, everyone)
  const stands = stored?.resource && coverNoteFromFhir(stored.resource) ? stored.version : 0
  if (stands !== read) throw stale(stands)
}
