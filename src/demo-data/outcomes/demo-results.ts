import { type Random, randomFrom } from '#demo-data/random.ts'
import type { BuiltInMeasure } from '#domain/outcome/measure-definition.ts'
import { addMonths, lastWholeMonth, monthsFrom } from '#domain/outcome/months.ts'

type DemoResult = Readonly<{
  measure: string
  organisation: string
  month: string
  numerator: number
  denominator: number
  notAsked: number
  leftOut: number
}>

type Course = Readonly<{
  measure: BuiltInMeasure
  /** counted in a month, by all partners together */
  size: number
  /** the share at first, and what it has become `since` so many months before the end */
  at: number
  to: number
  since: number
  notAsked?: number
  /** a mean of so many points, instead of a share */
  points?: number
}>

const historyMonths = 36

/** Invented: two get better, two do not change, one gets worse. */
const courses: readonly Course[] = [
  { measure: 'wellbeing', size: 240, at: 0.63, to: 0.74, since: 8 },
  { measure: 'promises-kept', size: 420, at: 0.79, to: 0.91, since: 12 },
  { measure: 'goals-reached', size: 190, at: 0.58, to: 0.58, since: 0 },
  { measure: 'readmissions-30', size: 260, at: 0.135, to: 0.13, since: 5 },
  // of 26 points
  { measure: 'carer-strain', size: 210, at: 0.36, to: 0.46, since: 12, points: 26, notAsked: 61 },
]

/** Of everything counted, how much is whose; and how far each is from the others. */
const partners = [
  ['brook-surgery', 0.56, 0],
  ['riverside-council', 0.27, -0.035],
  ['st-annes-hospital', 0.17, 0.02],
] as const

/** Kept results of three years, as they would have come with an import. The same for the same month. */
export function demoResults(asOf: string): readonly DemoResult[] {
  const to = lastWholeMonth(asOf)
  const months = monthsFrom(addMonths(to, 1 - historyMonths), to)
  return [
    ...courses.flatMap((course, place) => resultsOf(course, months, randomFrom(4_100 + place))),
    ...peopleIn(months),
  ]
}

function resultsOf(
  course: Course,
  months: readonly string[],
  random: Random,
): readonly DemoResult[] {
  return months.flatMap((month, at) => {
    const left = months.length - 1 - at
    const moved =
      course.since > 0 ? Math.min(1, Math.max(0, (course.since - left) / (course.since / 2))) : 0
    const share = course.at + (course.to - course.at) * moved
    return partners.map(([organisation, weight, apart]) => {
      const denominator = Math.round(course.size * weight * (0.92 + random.next() * 0.16))
      const points = course.points ?? 1
      const numerator = drawn(denominator, share + apart, random) * points
      const notAsked = Math.round((course.notAsked ?? 0) * weight)
      const measure = course.measure as string
      return { measure, organisation, month, numerator, denominator, notAsked, leftOut: 0 }
    })
  })
}

/** Rather closer to the middle than chance alone: a month is like the one before. */
function drawn(size: number, share: number, random: Random): number {
  const noise = random.next() + random.next() + random.next() + random.next() - 2
  const spread = Math.sqrt(size * share * (1 - share)) * 1.1
  return Math.min(size, Math.max(0, Math.round(size * share + noise * spread)))
}

const peopleIn = (months: readonly string[]) =>
  months.flatMap((month, at) =>
    partners.map(([organisation, weight]): DemoResult => {
      const people = Math.round((870 + at * 3) * weight)
      const leftOut = organisation === 'brook-surgery' ? 12 : 5
      const [numerator, denominator] = [people, people]
      return {
        measure: 'people',
        organisation,
        month,
        numerator,
        denominator,
        notAsked: 0,
        leftOut,
      }
    }),
  )
