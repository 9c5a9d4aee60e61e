import { dayWritten } from '#domain/calendar/days.ts'
import { instantIn } from '#domain/calendar/zone.ts'
import {
  type AwayNow,
  awayFor,
  type Covering,
  coverFor,
  coveringBy,
  withCover,
} from '#domain/cover/away-now.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { isPlan } from '#domain/plan/fhir.ts'
import { askedItems, isForReader, referralItems } from '#domain/today/asked-items.ts'
import { claimFromFhir, withWhose } from '#domain/today/claim.ts'
import {
  handOverItem,
  itemsFor,
  priorityBandOf,
  type TodayFacts,
  type TodayItem,
} from '#domain/today/today.ts'
import { type TodayPerson, todayParameters } from '#domain/today/today-parameters.ts'
import { awayNow } from '#server/cover/kept-absences.ts'
import { note } from '#server/http/request-context.ts'
import { peopleNamedFor } from '#server/operations/meetings/people-named-for.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { rulesWaitingFor } from '#server/operations/rules/rules-waiting.ts'
import { askedElsewhere, medicineWork, meetingWork } from '#server/operations/today/team-work.ts'
import { lastLooked } from '#server/operations/today/today-seen.ts'
import { visitsToTell } from '#server/operations/today/visits-to-tell.ts'
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
    const me = `Practitioner/${call.actor.practitioner}`
    const { people: mine, all, away, covering } = await todayOfCaseload(call)
    const known = mine.map(({ records }) => records.person)
    const { found: opened, more: moreOpened } = await todayEmergenciesElsewhere(call, known)
    const { found: handOvers, more: moreHandOvers } = await handOversElsewhere(call, known)
    const { items: asked, more: moreAsked } = await askedElsewhere(
      call,
      known,
      covering.all.map(({ absent }) => absent),
    )
    const others = new Map([...opened, ...handOvers].map(({ who }) => [who.id, who]))
    const toTell = all.toTell.filter(({ person }) => !known.includes(person))
    for (const who of await namesOfAsked(call, [...asked, ...toTell])) others.set(who.id, who)
    const elsewhere = moreOpened + moreHandOvers + moreAsked
    const rules = await rulesWaitingFor(call)
    const lookedAt = await lastLooked(call)
    const people = [...known, ...others.keys()]
    const seen = people.map((person) => [person, [`Patient/${person}`]] as const)
    await note(call.context, new Map(seen), { act: 'R', way: '$today' })
    return todayParameters.write({
      people: mine.map(({ records, band }) => ({
        ...personOf(records, band, now),
        ...coveredBy(away, records, me),
      })),
      items: [
        ...opened.map(({ item }) => item),
        ...handOvers.map(({ handOver }) => handOverItem(handOver)),
        ...withCover([...asked, ...toTell], away),
        ...mine.flatMap(({ items }) => items),
      ],
      ...(all.meetings.length > 0 ? { meetings: all.meetings } : {}),
      ...(lookedAt ? { lookedAt } : {}),
      others: [...others.values()],
      ...(elsewhere > 0 ? { elsewhere } : {}),
      ...(rules.length > 0 ? { rules } : {}),
      plans: mine.filter(({ records }) => records.plans.some(isPlan)).length,
      unmet: mine.reduce((sum, { records }) => sum + records.unmet, 0),
    })
  },
}

type Asking = Readonly<{ asIf: AwayNow; only: readonly string[]; whose: 'mine' | 'team' }>

export type PersonToday = Readonly<{
  records: TodayRecords
  facts: TodayFacts
  items: readonly TodayItem[]
  band: TodayPerson['band']
}>

/** Everybody on the caller’s caseload, with what is to be done about each and whose it is; and what meetings and the diary ask. `asIf`: these were away today; `only`: of these people alone; `team`: whoever of the organisation coordinates. */
export async function todayOfCaseload(
  call: OperationCall,
  { asIf, only, whose = 'mine' }: Partial<Asking> = {},
): Promise<
  Readonly<{
    people: readonly PersonToday[]
    all: Readonly<{
      meetings: Awaited<ReturnType<typeof meetingWork>>['meetings']
      toTell: readonly TodayItem[]
    }>
    away: AwayNow
    covering: Covering
  }>
> {
  const now = instantIn(call.context.zone, call.now)
  const away = asIf ?? (await awayNow(call.context))
  const covering = coveringBy(away, `Practitioner/${call.actor.practitioner}`)
  const caseload = await todayRecords(call, { whose, covering, only })
  const day = { zone: call.context.zone, today: call.today, actor: call.actor }
  const known = caseload.map(({ person }) => person)
  const { meetings, letters } = await meetingWork(call, known)
  const toTell = await visitsToTell(call)
  const further = Map.groupBy(
    [...letters, ...(await medicineWork(call, known)), ...toTell],
    ({ person }) => person,
  )
  const people: PersonToday[] = []
  for (const records of caseload) {
    const agreements = answersAbout(standingPlanOf(records), records.said)
    const leftOut = await stillLeftOut(call, records.person, agreements)
    const facts = todayFactsFrom(records, { ...day, leftOut })
    const own = itemsOfPerson(call, records, {
      ...{ facts, now },
      further: further.get(records.person) ?? [],
    })
    const items = withCover(own, awayForCase(away, records.episode))
    const isMine = (item: TodayItem) => isForReader(item, call.actor)
    people.push({ records, facts, items, band: priorityBandOf(facts, now, items.filter(isMine)) })
  }
  return { people, all: { meetings, toTell }, away, covering }
}

/** Each with whose it is; nothing is asked for any more once the person has died. */
function itemsOfPerson(
  { actor, today, context: { zone } }: OperationCall,
  { tasks }: TodayRecords,
  {
    facts,
    now,
    further,
  }: Readonly<{ facts: TodayFacts; now: string; further: readonly TodayItem[] }>,
): readonly TodayItem[] {
  const asked = facts.died
    ? []
    : [
        ...askedItems(tasks, actor, { today, zone }),
        ...referralItems(tasks, actor, today),
        ...further,
      ]
  return withWhose(
    [...itemsFor(facts, now), ...asked],
    tasks.flatMap((task) => claimFromFhir(task) ?? []),
    facts.coordinator,
  )
}

const awayForCase = (
  away: AwayNow,
  { careManager, managingOrganization }: TodayRecords['episode'],
) =>
  awayFor(away, {
    ...{ coordinator: careManager?.reference, organisation: managingOrganization?.reference },
  })

/** Somebody else’s person, whom the reader looks after now. */
function coveredBy(
  away: AwayNow,
  { person, episode }: TodayRecords,
  me: string,
): Pick<TodayPerson, 'coverFor'> {
  const found = coverFor(awayForCase(away, episode), episode.careManager?.reference, person)
  if (found?.cover.reference !== me) return {}
  return { coverFor: { name: found.absent.name, until: found.until } }
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
