import { dayWritten } from '#domain/calendar/days.ts'
import { instantIn } from '#domain/calendar/zone.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { isPlan } from '#domain/plan/fhir.ts'
import { handOverItem, itemsFor, priorityBandOf, type TodayFacts } from '#domain/today/today.ts'
import { type TodayPerson, todayParameters } from '#domain/today/today-parameters.ts'
import { note } from '#server/http/request-context.ts'
import type { Operation } from '#server/operations/operation.ts'
import { rulesWaitingFor } from '#server/operations/rules/rules-waiting.ts'
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
    const opened = await todayEmergenciesElsewhere(call, known)
    const handOvers = await handOversElsewhere(call, known)
    const others = new Map([...opened, ...handOvers].map(({ who }) => [who.id, who]))
    const rules = await rulesWaitingFor(call)
    const people = [...known, ...others.keys()]
    const seen = people.map((person) => [person, [`Patient/${person}`]] as const)
    await note(call.context, new Map(seen), { act: 'R', way: '$today' })
    return todayParameters.write({
      people: facts.map((each) => personOf(each.records, priorityBandOf(each.facts, now), now)),
      items: [
        ...opened.map(({ item }) => item),
        ...handOvers.map(({ handOver }) => handOverItem(handOver)),
        ...facts.flatMap((each) => itemsFor(each.facts, now)),
      ],
      others: [...others.values()],
      ...(rules.length > 0 ? { rules } : {}),
      plans: caseload.filter((records) => records.plans.some(isPlan)).length,
      unmet: caseload.reduce((sum, records) => sum + records.unmet, 0),
    })
  },
}

function personOf({ patient }: TodayRecords, band: TodayPerson['band'], now: string): TodayPerson {
  const { id, family = '', given = '', birthDate } = personFromFhir(patient, dayWritten(now))
  return { id, family, given, band, ...(birthDate ? { birthDate } : {}) }
}
