import { dayWritten } from '#domain/calendar/days.ts'
import { instantIn } from '#domain/calendar/zone.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { isPlan } from '#domain/plan/fhir.ts'
import { askedItems, referralItems } from '#domain/today/asked-items.ts'
import { claimFromFhir, withWhose } from '#domain/today/claim.ts'
import {
  handOverItem,
  itemsFor,
  priorityBandOf,
  type TodayFacts,
  type TodayItem,
} from '#domain/today/today.ts'
import { type TodayPerson, todayParameters } from '#domain/today/today-parameters.ts'
import { note } from '#server/http/request-context.ts'
import { peopleNamedFor } from '#server/operations/meetings/people-named-for.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { rulesWaitingFor } from '#server/operations/rules/rules-waiting.ts'
import { askedElsewhere, medicineWork, meetingWork } from '#server/operations/today/team-work.ts'
import { lastLooked } from '#server/operations/today/today-seen.ts'
import { todayEmergenciesElsewhere } from './today-emergencies.ts'
import { standingPlanOf, todayFactsFrom } from './today-facts.ts'
import { handOversElsewhere } from './today-hand-overs.ts'
import { answersAbout, stillLeftOut } from './today-left-out.ts'
import { type TodayRecords, todayRecords } from './today-records.ts'

/** What needs the caller now, over everyone on the caller's caseload. */
export const todayOperation: Operation = {
  name: 'today',
  on: 'system',
  changes: false,
  purpose: 'What needs the caller now, for everyone on the caller’s caseload',
  async run(call) {
    const now = instantIn(call.context.zone, call.now)
    const caseload = await todayRecords(call)
    const day = { zone: call.context.zone, today: call.today, actor: call.actor }
    const facts: { records: TodayRecords; facts: TodayFacts }[] = []
    for (const records of caseload) {
      const agreements = answersAbout(standingPlanOf(records), records.said)
      const leftOut = await stillLeftOut(call, records.person, agreements)
      facts.push({ records, facts: todayFactsFrom(records, { ...day, leftOut }) })
    }
    const known = caseload.map(({ person }) => person)
    const { found: opened, more: moreOpened } = await todayEmergenciesElsewhere(call, known)
    const { found: handOvers, more: moreHandOvers } = await handOversElsewhere(call, known)
    const { items: asked, more: moreAsked } = await askedElsewhere(call, known)
    const others = new Map([...opened, ...handOvers].map(({ who }) => [who.id, who]))
    for (const who of await namesOfAsked(call, asked)) others.set(who.id, who)
    const elsewhere = moreOpened + moreHandOvers + moreAsked
    const rules = await rulesWaitingFor(call)
    const { meetings, letters } = await meetingWork(call, known)
    const further = Map.groupBy(
      [...letters, ...(await medicineWork(call, known))],
      ({ person }) => person,
    )
    const lookedAt = await lastLooked(call)
    const people = [...known, ...others.keys()]
    const seen = people.map((person) => [person, [`Patient/${person}`]] as const)
    await note(call.context, new Map(seen), { act: 'R', way: '$today' })
    return todayParameters.write({
      people: facts.map((each) => personOf(each.records, priorityBandOf(each.facts, now), now)),
      items: [
        ...opened.map(({ item }) => item),
        ...handOvers.map(({ handOver }) => handOverItem(handOver)),
        ...asked,
        ...facts.flatMap(({ records, facts: each }) =>
          withWhose(
            [
              ...itemsFor(each, now),
              ...(each.died
                ? []
                : [
                    ...askedItems(records.tasks, call.actor, day),
                    ...referralItems(records.tasks, call.actor, call.today),
                    ...(further.get(each.person) ?? []),
                  ]),
            ],
            records.tasks.flatMap((task) => claimFromFhir(task) ?? []),
            each.coordinator,
          ),
        ),
      ],
      ...(meetings.length > 0 ? { meetings } : {}),
      ...(lookedAt ? { lookedAt } : {}),
      others: [...others.values()],
      ...(elsewhere > 0 ? { elsewhere } : {}),
      ...(rules.length > 0 ? { rules } : {}),
      plans: caseload.filter((records) => records.plans.some(isPlan)).length,
      unmet: caseload.reduce((sum, records) => sum + records.unmet, 0),
    })
  },
}

async function namesOfAsked(call: OperationCall, asked: readonly TodayItem[]) {
  const names = await peopleNamedFor(call, [...new Set(asked.map(({ person }) => person))])
  return [...names.values()].map(({ died: _died, birthDate, ...who }) => ({
    ...who,
    ...(birthDate ? { birthDate } : {}),
  }))
}

function personOf({ patient }: TodayRecords, band: TodayPerson['band'], now: string): TodayPerson {
  const { id, family = '', given = '', birthDate } = personFromFhir(patient, dayWritten(now))
  return { id, family, given, band, ...(birthDate ? { birthDate } : {}) }
}
