import { given } from '#domain/fhir/references-and-extensions.ts'
import {
  meetingAgenda,
  type PlanMeeting,
  planMeetingRequest,
} from '#domain/meeting/meeting-parameters.ts'
import { talkToFhir } from '#domain/meeting/talk-fhir.ts'
import { longestMinutes, type TeamTalk } from '#domain/meeting/team-talk.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { mustBeOfTeam, mustBeProfessional, talksOfMeeting } from './stored-talks.ts'

const way = '$plan-meeting'
const mostPeople = 30
const mostMembers = 30
const mostWords = 500

/** Plans a team meeting about some people, or puts more people on the agenda of one. Sent twice, it does it once. */
export const planMeetingOperation: Operation = {
  name: 'plan-meeting',
  on: 'type',
  type: 'Appointment',
  changes: true,
  purpose:
    'Plans a team meeting, or adds people to its agenda: id (made by the client), title, start, minutes for each person, members (who, by name), person (who; why: the kind of the reason, no words), for professionals who care for each of them',
  async run(call) {
    const { actor, context } = call
    mustBeProfessional(actor)
    const asked = askedParameters(call, planMeetingRequest)
    mustBeSound(asked)
    return await withinRecord(context, async (inside) => {
      await inside.service.sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `meeting ${asked.id}`,
      ])
      const reading = { sql: inside.service.sql, scope: everyone, now: inside.now }
      const standing = await talksOfMeeting(reading, asked.id)
      const [first] = standing
      if (first && first.talk.organisation?.id !== actor.organisation)
        throw new FhirProblem(409, 'conflict', 'This id is in use')
      const known = new Set(standing.map(({ talk }) => talk.person))
      let place = standing.length
      for (const { id: person, why } of asked.people) {
        await mustBeOfTeam(inside, person)
        if (known.has(person)) continue
        await mustBeLiving(inside, person, 'appointment')
        place += 1
        const talk = talkOf(inside, asked, { person, why, place, like: first?.talk })
        await keepRecords(inside, [talkToFhir(talk)], { person, way })
      }
      return meetingAgenda.write({ people: [] })
    })
  },
}

type New = Readonly<{
  person: string
  why: PlanMeeting['people'][number]['why']
  place: number
  like: TeamTalk | undefined
}>

function talkOf(
  { actor }: RequestContext,
  asked: PlanMeeting,
  { person, why, place, like }: New,
): TeamTalk {
  const members = asked.members.map(({ who }) => ({ ...who, presence: 'not-heard' as const }))
  const { organisation: id = '', organisationName = '' } = actor
  return {
    ...{ id: `talk-${sha256Hex(`${asked.id}/${person}`).slice(0, 32)}`, version: '' },
    ...{ person, meeting: asked.id, place },
    ...given('why', why),
    title: like?.title ?? asked.title.trim(),
    start: like?.start ?? asked.start,
    minutes: asked.minutes,
    members: like?.members ?? members,
    ...(id ? { organisation: { id, name: organisationName } } : {}),
    ...{ state: 'planned', used: 0, brought: [], decisions: [] },
  }
}

const invalid = (words: string, parameter: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: parameter })

function mustBeSound({ id, start, minutes, people, members, title }: PlanMeeting): void {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw new FhirProblem(400, 'value', 'Give it an id')
  if (Number.isNaN(Date.parse(start))) throw invalid('Say on which day and at what time', 'start')
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > longestMinutes)
    throw invalid(`Give each person between 1 and ${longestMinutes} minutes`, 'minutes')
  if (people.length === 0) throw invalid('Choose at least one person to talk about', 'person')
  if (people.length > mostPeople || members.length > mostMembers)
    throw invalid(`A meeting has at most ${mostPeople} people and ${mostMembers} members`, 'person')
  if (title.length > mostWords) throw invalid(`Use at most ${mostWords} characters`, 'title')
  if (members.some(({ who }) => who.name.trim() === ''))
    throw invalid('Name everybody who is asked to come', 'member')
}
