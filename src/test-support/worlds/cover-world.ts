import type { Parameters } from '@medplum/fhirtypes'
import {
  absencesAnswer,
  endAbsenceRequest,
  type KeepAbsence,
  keepAbsenceRequest,
} from '#domain/cover/absences-answer.ts'
import {
  coverPackAnswer,
  coverPackRequest,
  type KeepCoverNote,
  keepCoverNoteRequest,
  whileAwayRequest,
} from '#domain/cover/cover-pack.ts'
import { whileAwayAnswer } from '#domain/cover/while-away.ts'
import type { In } from '#domain/fhir/parameters.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { todayParameters } from '#domain/today/today-parameters.ts'
import type { Sql } from '#server/store/sql.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { meetingPeople } from './meeting-world.ts'

/** A Monday. */
const coverNow = new Date('2026-11-30T09:00:00Z')

const staffPost = (
  practitioner: string,
  name: string,
  role: string,
  organisation = 'brook-surgery',
): ResourceWithId =>
  ({
    ...{ resourceType: 'PractitionerRole', id: `role-${practitioner}`, active: true },
    practitioner: { reference: `Practitioner/${practitioner}`, display: name },
    organization: { reference: `Organization/${organisation}` },
    code: [{ coding: [{ system: 'https://gable.example/codes', code: role }], text: role }],
  }) as ResourceWithId

const coverStaff = [
  staffPost('amina-yusuf', 'Amina Yusuf', 'nurse-case-manager'),
  staffPost('ming-zhao', 'Ming Zhao', 'pharmacist'),
  staffPost('anil-patel', 'Dr Anil Patel', 'gp'),
  staffPost('tom-price', 'Tom Price', 'physiotherapist', 'st-annes-hospital'),
]

/** A fortnight from Wednesday, with Ming. */
export const fortnight: KeepAbsence = {
  ...{ id: 'a-1', cover: 'ming-zhao', from: '2026-12-02', until: '2026-12-14' },
}

type AskedPack = In<typeof coverPackRequest>
type Open = () => Promise<Readonly<{ sql: Sql }>>

export const refusalOf = async (answer: Response) => ({
  status: answer.status,
  words: answer.status < 400 ? '' : JSON.stringify(await answer.json()),
})

export async function beginCover(open: Open, more: readonly ResourceWithId[] = []) {
  const { sql } = await open()
  const server = await openHandler({ sql, now: coverNow })
  await server.seed([...meetingPeople, ...coverStaff, ...more], 'brook-surgery')
  const post = async (who: string, path: string, json: Parameters) =>
    await (await server.as(who))(`/fhir/${path}`, { method: 'POST', json })
  const keep = async (who: string, asked: Partial<KeepAbsence> = {}) =>
    await post(
      who,
      'PractitionerRole/$keep-absence',
      keepAbsenceRequest.write({ ...fortnight, ...asked }),
    )
  const end = async (who: string, id = 'a-1', read = false) =>
    await post(who, 'PractitionerRole/$end-absence', endAbsenceRequest.write({ id, read }))
  const absences = async (who: string) =>
    absencesAnswer.read(
      await (await (await server.as(who))('/fhir/PractitionerRole/$absences')).json(),
    )
  const today = async (who: string) =>
    todayParameters.read(await (await (await server.as(who))('/fhir/$today')).json())
  const noteOn = async (who: string, person: string, asked: Partial<KeepCoverNote> = {}) =>
    await post(
      who,
      `Patient/${person}/$keep-cover-note`,
      keepCoverNoteRequest.write({ absence: 'a-1', cover: '', words: '', version: 0, ...asked }),
    )
  const pack = async (who: string, asked: Partial<AskedPack> = { id: 'a-1' }) => {
    const answer = await post(
      who,
      'PractitionerRole/$cover-pack',
      coverPackRequest.write({ people: [], ...asked }),
    )
    return { status: answer.status, ...coverPackAnswer.read(await answer.json()) }
  }
  const whileAway = async (who: string) => {
    const answer = await post(
      who,
      'PractitionerRole/$while-away',
      whileAwayRequest.write({ id: 'a-1' }),
    )
    return { status: answer.status, ...whileAwayAnswer.read(await answer.json()) }
  }
  const passDays = (days: number) => server.pass(days * 24 * 60)
  return { server, sql, post, keep, end, absences, today, noteOn, pack, whileAway, passDays }
}
