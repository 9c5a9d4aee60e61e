import { answerTo } from '#domain/agreement/agreement.ts'
import { addDays } from '#domain/calendar/days.ts'
import { instantIn } from '#domain/calendar/zone.ts'
import { type AgendaFacts, agendaOf } from '#domain/meeting/agenda.ts'
import type { MeetingAsk } from '#domain/meeting/ask-fhir.ts'
import { meetingAgenda } from '#domain/meeting/meeting-parameters.ts'
import { itemsFor, type TodayFacts } from '#domain/today/today.ts'
import { note } from '#server/http/request-context.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { standingPlanOf, todayFactsFrom } from '#server/operations/worklists/today-facts.ts'
import { answersAbout, stillLeftOut } from '#server/operations/worklists/today-left-out.ts'
import { todayRecords } from '#server/operations/worklists/today-records.ts'
import { openAsks } from './open-asks.ts'
import { peopleNamedFor } from './people-named-for.ts'
import { mustBeProfessional, talksSince } from './stored-talks.ts'

/** Days: a meeting that put somebody off longer ago no longer puts them on the agenda. */
const longestPutOff = 60

/** Whom a team meeting could talk about: from rules over the caseload of the caller’s team, and from whoever asked. */
export const meetingAgendaOperation: Operation = {
  name: 'meeting-agenda',
  on: 'type',
  type: 'Appointment',
  changes: false,
  purpose:
    'Whom a team meeting could talk about, and why: people of the caller’s caseload and team for whom a rule asks, and anybody within the caller’s reach for whom the person, a carer or a professional asked; the person’s own question first',
  async run(call) {
    mustBeProfessional(call.actor)
    const asks = Map.groupBy(await openAsks(call), ({ person }) => person)
    const off = await putOff(call)
    const facts = await factsOfCaseload(call, asks, off)
    const known = new Set(facts.map(({ person }) => person))
    const others = [...new Set([...asks.keys(), ...off.keys()])].filter((id) => !known.has(id))
    const lines = agendaOf(
      [
        ...facts,
        ...others.map((person) => nothingKnown(person, asks.get(person), off.get(person))),
      ],
      call.today,
    )
    const names = await peopleNamedFor(
      call,
      lines.map(({ person }) => person),
    )
    const people = lines.flatMap(({ person, reasons }) => {
      const who = names.get(person)
      return who && !who.died ? [{ ...who, reasons }] : []
    })
    const shown = people.map(({ id }) => [id, [`Patient/${id}`]] as const)
    await note(call.context, new Map(shown), { act: 'R', way: '$meeting-agenda' })
    return meetingAgenda.write({ people })
  },
}

type Asks = ReadonlyMap<string, readonly MeetingAsk[]>
type PutOff = ReadonlyMap<string, string>

const nothingKnown = (
  person: string,
  asks: readonly MeetingAsk[] = [],
  putOffAt?: string,
): AgendaFacts => ({
  ...{ person, items: [], stays: [], asks, notAgreed: false, unmet: 0 },
  ...(putOffAt ? { putOffAt } : {}),
})

async function factsOfCaseload(
  call: OperationCall,
  asks: Asks,
  off: PutOff,
): Promise<readonly AgendaFacts[]> {
  const now = instantIn(call.context.zone, call.now)
  const day = { zone: call.context.zone, today: call.today, actor: call.actor }
  const found: AgendaFacts[] = []
  for (const records of await todayRecords(call, { whose: 'team' })) {
    const plan = standingPlanOf(records)
    const agreements = answersAbout(plan, records.said)
    const leftOut = await stillLeftOut(call, records.person, agreements)
    const facts = todayFactsFrom(records, { ...day, leftOut })
    if (facts.died) continue
    const answer = plan && answerTo(agreements, plan.version ?? '')
    found.push({
      ...nothingKnown(records.person, asks.get(records.person), off.get(records.person)),
      items: itemsFor(facts, now),
      stays: facts.stays,
      ...questionIn(facts),
      notAgreed: plan !== undefined && plan.goals.length > 0 && answer?.yes !== true,
      unmet: records.unmet,
    })
  }
  return found
}

/** What the person prepared for the next conversation counts as their question. */
function questionIn({ prepared = [] }: TodayFacts): Pick<AgendaFacts, 'question'> {
  const own = prepared.find(({ by, ask }) => by.voice === 'person' && ask !== '')
  return own ? { question: { words: own.ask, by: own.by.name, at: '' } } : {}
}

/** Whoever needed more time, and was not talked about since. */
async function putOff(call: OperationCall): Promise<PutOff> {
  const talks = await talksSince(call, addDays(call.today, -longestPutOff))
  const last = new Map<string, string | undefined>()
  // the latest first: only the last meeting about a person counts
  for (const { talk } of talks)
    if (!last.has(talk.person))
      last.set(talk.person, talk.state === 'later' ? talk.doneAt : undefined)
  return new Map([...last].flatMap(([person, at]) => (at ? [[person, at] as const] : [])))
}
