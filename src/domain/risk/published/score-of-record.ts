import type {
  Condition,
  Encounter,
  MedicationStatement,
  Observation,
  Patient,
  Procedure,
  Resource,
} from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { evidenceOf } from '#domain/risk/fhir.ts'
import { charlsonQuan2011 } from './charlson-quan2011.ts'
import { elixhauserVanWalraven } from './elixhauser-van-walraven.ts'
import { hospitalFrailty } from './hospital-frailty.ts'
import { hospitalScore } from './hospital-score.ts'
import { emergencyVisits, hospitalStays } from './inpatient-stays.ts'
import { lace } from './lace.ts'
import { measurements } from './measurements.ts'
import { news2 } from './news2.ts'
import { parr30 } from './parr30.ts'
import type { PublishedScore, PublishedScoreCode } from './published-score.ts'

type On = Readonly<{ day: string; zone: string }>

/** Every published score of a person as their records stood on a day. */
export function publishedScores(
  records: readonly Resource[],
  on: On,
): Readonly<Record<PublishedScoreCode, PublishedScore>> {
  const { conditions, birthDate } = evidenceOf(records)
  const encounters = ofType<Encounter>(records, 'Encounter')
  const stays = hospitalStays(
    {
      encounters,
      conditions: ofType<Condition>(records, 'Condition'),
      procedures: ofType<Procedure>(records, 'Procedure'),
    },
    on,
  )
  const measured = measurements(ofType<Observation>(records, 'Observation'), on)
  const person = { day: on.day, birthDate }
  return {
    'charlson-quan-2011': charlsonQuan2011(conditions),
    'elixhauser-van-walraven': elixhauserVanWalraven(conditions),
    'hospital-frailty': hospitalFrailty(stays, person),
    lace: lace({ stays, visits: emergencyVisits(encounters, on), conditions }),
    hospital: hospitalScore({ stays, measured }),
    'parr-30': parr30({ stays, ...person, deprivation: deprivationOf(records) }),
    news2: news2({ measured, ...person }),
  }
}

function ofType<T extends Resource>(
  records: readonly Resource[],
  type: T['resourceType'],
): readonly T[] {
  return records.filter((each): each is T => each.resourceType === type)
}

/** Score of the Index of Multiple Deprivation of the person’s neighbourhood, as the roster sends it. */
const deprivationUrl = gableUrl('imd-score')

const deprivationOf = (records: readonly Resource[]): number | undefined =>
  ofType<Patient>(records, 'Patient')
    .flatMap(({ extension = [] }) => extension)
    .find(({ url }) => url === deprivationUrl)?.valueDecimal

/**
 * The records as they stood at the end of a day in the past. A condition that ended later is active again, one that
 * began later is not there; without a date it counts, because nothing says that it was not there. A medicine that was
 * stopped without a date stays stopped.
 */
export function recordsOn(records: readonly Resource[], { day, zone }: On): readonly Resource[] {
  const isBy = (at: string | undefined) => !at || dayOf(at, zone).slice(0, day.length) <= day
  return records.flatMap((record): Resource[] => {
    if (record.resourceType === 'Condition') return conditionOn(record, isBy)
    if (record.resourceType === 'MedicationRequest') return isBy(record.authoredOn) ? [record] : []
    if (record.resourceType === 'MedicationStatement') return statementOn(record, isBy)
    return [record]
  })
}

type IsBy = (at: string | undefined) => boolean

function conditionOn(condition: Condition, isBy: IsBy): Resource[] {
  const began = condition.onsetDateTime ?? condition.onsetPeriod?.start ?? condition.recordedDate
  if (!isBy(began)) return []
  const ended = condition.abatementDateTime ?? condition.abatementPeriod?.end
  if (!ended || isBy(ended)) return [condition]
  const { abatementDateTime: _, abatementPeriod: __, ...rest } = condition
  return [{ ...rest, clinicalStatus: { coding: [{ code: 'active' }] } }]
}

function statementOn(statement: MedicationStatement, isBy: IsBy): Resource[] {
  const { effectivePeriod, effectiveDateTime, dateAsserted, status } = statement
  if (!isBy(effectivePeriod?.start ?? effectiveDateTime ?? dateAsserted)) return []
  const wasTaken = effectivePeriod?.end && !isBy(effectivePeriod.end) && status === 'completed'
  return [wasTaken ? { ...statement, status: 'active' } : statement]
}
