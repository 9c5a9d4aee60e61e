import type { Extension, Observation, Resource, RiskAssessment } from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import { instrumentNamed, outsideCodeOf } from './outside-instrument.ts'
import { type OutsideScore, outsideFault } from './outside-score.ts'

const scoreUrl = gableUrl('outside-score')
/** Codes of instruments; a score as Observation has one in its code. */
export const outsideScoreSystem = gableUrl('CodeSystem/outside-score')

type Whose = Readonly<{ id: string; person: string }>

/** A score from elsewhere as a record. FHIR has no place for a plain value in RiskAssessment: it is in an extension. */
export function outsideScoreToFhir(
  score: OutsideScore,
  { id, person }: Whose,
): RiskAssessment & { id: string } {
  const { code, name, value, unit, band, day, version, source } = score
  return {
    ...{ resourceType: 'RiskAssessment', id, status: 'final' },
    subject: { reference: `Patient/${person}` },
    occurrenceDateTime: day,
    method: { coding: [{ system: outsideScoreSystem, code }], text: name },
    ...(band ? { prediction: [{ qualitativeRisk: { text: band } }] } : {}),
    extension: [
      {
        url: scoreUrl,
        extension: [
          { url: 'value', valueDecimal: value },
          ...(unit ? [{ url: 'unit', valueString: unit }] : []),
          ...(version ? [{ url: 'version', valueString: version }] : []),
          ...(source ? [{ url: 'source', valueString: source }] : []),
        ],
      },
    ],
  }
}

/** The score that a record holds, if it is one from elsewhere whose value is possible. */
export function outsideScoreIn(record: Resource): OutsideScore | undefined {
  const score = readScore(record)
  return score && outsideFault(score) === undefined ? score : undefined
}

export const isOutsideScore = (record: Resource): boolean => outsideScoreIn(record) !== undefined

/** Whether a reading is called a score from elsewhere, also one that was taken back. */
export const namesOutsideScore = ({ code }: Observation): boolean =>
  code?.coding?.some(({ system }) => system === outsideScoreSystem) ?? false

/** Why a record cannot be the score that it says it is. */
export function outsideRecordFault(record: Resource): string | undefined {
  const score = readScore(record)
  return score && outsideFault(score)
}

const stands: readonly string[] = ['final', 'amended', 'corrected']

function readScore(record: Resource): OutsideScore | undefined {
  if (record.resourceType === 'RiskAssessment' && stands.includes(record.status))
    return ofRisk(record)
  if (record.resourceType === 'Observation' && stands.includes(record.status))
    return ofObservation(record)
  return undefined
}

function ofRisk(record: RiskAssessment): OutsideScore | undefined {
  const { method, prediction, occurrenceDateTime, performer, extension } = record
  const isOurs = method?.coding?.some(({ system }) => system === gableCodeSystem)
  const name = method?.text ?? method?.coding?.[0]?.display ?? method?.coding?.[0]?.code
  if (isOurs || !name || !occurrenceDateTime) return undefined
  const parts = extension?.find(({ url }) => url === scoreUrl)?.extension ?? []
  // a decimal probability is in percent (FHIR R4)
  const value = partIn(parts, 'value')?.valueDecimal ?? prediction?.[0]?.probabilityDecimal
  if (value === undefined) return undefined
  const unit = partIn(parts, 'unit')?.valueString
  const version = partIn(parts, 'version')?.valueString
  return scoreOf(name, {
    ...{ value, day: dayWritten(occurrenceDateTime), unit, version },
    band: prediction?.[0]?.qualitativeRisk?.text,
    source: partIn(parts, 'source')?.valueString ?? performer?.display,
  })
}

const partIn = (parts: readonly Extension[], url: string) => parts.find((each) => each.url === url)

/** An Observation is one only if it has a code of ours: other readings have names of their own. */
function ofObservation(record: Observation): OutsideScore | undefined {
  const { code, effectiveDateTime, performer } = record
  const coding = code.coding?.find(({ system }) => system === outsideScoreSystem)
  const value = record.valueQuantity?.value ?? record.valueInteger
  const name = code.text ?? coding?.display ?? coding?.code
  if (!coding || !name || value === undefined || !effectiveDateTime) return undefined
  return scoreOf(name, {
    ...{ value, day: dayWritten(effectiveDateTime), unit: record.valueQuantity?.unit },
    ...{ version: record.method?.text, band: record.interpretation?.[0]?.text },
    source: performer?.[0]?.display,
  })
}

type Said = Readonly<{
  value: number
  day: string
  unit: string | undefined
  band: string | undefined
  version: string | undefined
  source: string | undefined
}>

function scoreOf(name: string, { value, day, source, ...rest }: Said): OutsideScore {
  const unit = rest.unit ?? instrumentNamed(name)?.unit
  return {
    ...{ code: outsideCodeOf(name), name: instrumentNamed(name)?.name ?? name, value, day },
    ...(unit ? { unit } : {}),
    ...(rest.band ? { band: rest.band } : {}),
    ...(rest.version ? { version: rest.version } : {}),
    source: source ?? '',
  }
}
