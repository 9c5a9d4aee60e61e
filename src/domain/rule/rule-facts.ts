import type { Patient } from '@medplum/fhirtypes'
import { addDays, dayWritten } from '#domain/calendar/days.ts'
import { careHomeIn } from '#domain/home/care-home.ts'
import type { Evidence } from '#domain/risk/evidence.ts'
import type { InpatientStay } from '#domain/risk/published/inpatient-stays.ts'
import { type CodedFacts, codedFacts } from '#domain/stratification/coded-facts.ts'
import { evidenceAsOf } from '#domain/stratification/evidence-as-of.ts'

/** What rules ask of a person beside their scores and their stratum. */
export type RuleFacts = Readonly<{
  /** when emergency stays of the last two years began */
  stay_days: readonly string[]
  /** deficits that came in one year, and in two; null: nothing was coded then. Without medicines, which have no past here */
  frailty_up_1: number | null
  frailty_up_2: number | null
  /** deficits and groups of Charlson, by their short names: today, and as they were coded a year ago */
  groups: readonly string[]
  groups_before: readonly string[]
  /** null: nobody wrote down with whom they live */
  lives_alone: boolean | null
  care_home: boolean
}>

type Known = Readonly<{
  patient: Patient
  evidence: Evidence
  /** emergency stays */
  stays: readonly InpatientStay[]
  today: CodedFacts
  livesAlone: boolean
}>

const year = 365

export function ruleFacts({ patient, evidence, stays, ...known }: Known, day: string): RuleFacts {
  const facts = known.today
  const past = (years: number) => factsOn({ patient, evidence }, addDays(day, -years * year))
  const [before, twoBefore] = [past(1), past(2)]
  const up = (then: CodedFacts | undefined) =>
    then ? facts.deficits.size - then.deficits.size : null
  const inHome = careHomeIn(patient) !== undefined
  return {
    stay_days: stays.map(({ start }) => start),
    ...{ frailty_up_1: up(before), frailty_up_2: up(twoBefore) },
    ...{ groups: groupsIn(facts), groups_before: before ? groupsIn(before) : [] },
    lives_alone: inHome ? false : known.livesAlone ? true : null,
    care_home: inHome,
  }
}

const groupsIn = ({ deficits, groups }: CodedFacts) => [...deficits, ...groups]

/** Undefined for a day on which nothing was coded, or before the person was born. */
function factsOn(
  { patient, evidence }: Pick<Known, 'patient' | 'evidence'>,
  day: string,
): CodedFacts | undefined {
  if (patient.birthDate && dayWritten(patient.birthDate) > day) return undefined
  const { conditions } = evidenceAsOf(evidence, day)
  return conditions.length > 0 ? codedFacts(conditions) : undefined
}
