import type { Who } from '#domain/plan/plan.ts'
import type { TodayItem } from '#domain/today/today.ts'
import { type Absence, isAwayOn } from './absence.ts'

/** Another cover for one person than for the others. */
export type CoverOfPerson = Readonly<{ absence: string; person: string; cover: Who }>

/** Who covers for somebody now, and until which day. */
export type CoverNow = Readonly<{ absent: Who; cover: Who; until: string }>

/** Everybody who is away today, and who looks after their people. */
export type AwayNow = Readonly<{
  absences: readonly Absence[]
  exceptions: readonly CoverOfPerson[]
}>

export const awayOn = (
  absences: readonly Absence[],
  exceptions: readonly CoverOfPerson[],
  today: string,
): AwayNow => {
  const now = absences.filter((each) => isAwayOn(each, today))
  return {
    absences: now,
    exceptions: exceptions.filter(({ absence }) => now.some(({ id }) => id === absence)),
  }
}

type OfCase = Readonly<{ coordinator: string | undefined; organisation: string | undefined }>

/** Whoever works in two places is away, for a case, only if they are away where it is managed. */
export const awayFor = (away: AwayNow, { coordinator, organisation }: OfCase): AwayNow => ({
  ...away,
  absences: away.absences.filter(
    ({ who, organisation: place }) =>
      who.reference !== coordinator || !organisation || !place || place === organisation,
  ),
})

/** Who covers for this professional with this person; undefined if they are not away. */
export function coverFor(
  { absences, exceptions }: AwayNow,
  professional: string | undefined,
  person: string,
): CoverNow | undefined {
  const absence = absences.find(({ who }) => who.reference === professional)
  if (!absence) return undefined
  const other = exceptions.find((each) => each.absence === absence.id && each.person === person)
  return { absent: absence.who, cover: other?.cover ?? absence.cover, until: absence.until }
}

/** The absences, and each once more for every other cover that it has for single people: all of them have to be there. */
export const withEveryCover = (
  absences: readonly Absence[],
  exceptions: readonly CoverOfPerson[],
): readonly Absence[] => [
  ...absences,
  ...exceptions.flatMap(({ absence, cover }) => {
    const of = absences.find(({ id }) => id === absence)
    return of ? [{ ...of, cover }] : []
  }),
]

/** Whose people somebody looks after now. */
export type Covering = Readonly<{
  /** those who are away and named this cover for everybody */
  all: readonly AbsentFrom[]
  /** of these, the people who were given to another colleague */
  except: readonly string[]
  /** people who were given to this cover one by one, and whose they are */
  some: readonly (AbsentFrom & Readonly<{ person: string }>)[]
}>

/** Whoever is away, and the organisation that they are away from; empty: everywhere. */
type AbsentFrom = Readonly<{ absent: string; organisation: string }>

export function coveringBy(away: AwayNow, cover: string): Covering {
  const own = away.absences.filter((each) => each.cover.reference === cover)
  const fromOf = ({ who, organisation = '' }: Absence) => ({ absent: who.reference, organisation })
  return {
    all: own.map(fromOf),
    except: away.exceptions
      .filter((each) => each.cover.reference !== cover && own.some(({ id }) => id === each.absence))
      .map(({ person }) => person),
    some: away.exceptions
      .filter((each) => each.cover.reference === cover)
      .flatMap(({ person, absence }) =>
        away.absences
          .filter(({ id }) => id === absence)
          .map((each) => ({ person, ...fromOf(each) })),
      ),
  }
}

/** Rows that name who calls, or whose the alert is. */
const namesOwner: readonly TodayItem['kind'][] = ['home', 'admitted', 'reading']

/** What would be the work of somebody who is away is the work of whoever covers, and says for whom. */
export function withCover(items: readonly TodayItem[], away: AwayNow): readonly TodayItem[] {
  if (away.absences.length === 0) return items
  return items.map((item) => {
    const found = coverFor(away, item.whose?.reference, item.person)
    if (!found) return item
    const { reference, name } = found.cover
    const isOwners =
      namesOwner.includes(item.kind) && item.owner?.reference === item.whose?.reference
    return {
      ...item,
      whose: { reference, name },
      ...(isOwners ? { owner: { reference, name } } : {}),
      coverFor: { name: found.absent.name, until: found.until },
    }
  })
}
