/** How many people one thing happened to in a month. */
export type MonthCount = Readonly<{
  /** `YYYY-MM` */
  month: string
  kind: 'joined' | 'left' | 'said-no'
  why: string
  people: number
}>

export type RosterMonth = Readonly<{
  month: string
  /** on the list at its end */
  people: number
  joined: number
  /** in all, with those who moved and died */
  left: number
  moved: number
  died: number
  saidNo: number
}>

const monthsShown = 12

const moves: readonly string[] = ['moved-practice', 'moved-area', 'moved-abroad']

/** The months up to a day, the last of them with that day, and how many people were on the list at the end of each. */
export function rosterMonths(counts: readonly MonthCount[], day: string): readonly RosterMonth[] {
  return lastMonths(day).map((month) => {
    const until = counts.filter((each) => each.month <= month)
    const within = counts.filter((each) => each.month === month)
    return {
      ...{ month, people: sum(until, 'joined') - sum(until, 'left') },
      ...{ joined: sum(within, 'joined'), left: sum(within, 'left') },
      moved: sum(within, 'left', (why) => moves.includes(why)),
      died: sum(within, 'left', (why) => why === 'died'),
      saidNo: sum(within, 'said-no'),
    }
  })
}

function sum(
  counts: readonly MonthCount[],
  kind: MonthCount['kind'],
  fits: (why: string) => boolean = () => true,
): number {
  return counts
    .filter((each) => each.kind === kind && fits(each.why))
    .reduce((all, each) => all + each.people, 0)
}

function lastMonths(day: string): readonly string[] {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return Array.from({ length: monthsShown }, (_, at) => {
    const count = year * 12 + month - monthsShown + at
    const [inYear, before] = [Math.floor(count / 12), count % 12]
    return `${inYear}-${String(before + 1).padStart(2, '0')}`
  })
}
