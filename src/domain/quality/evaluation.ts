import type { Bundle, Resource } from '@medplum/fhirtypes'
import type { ElmLibrary } from './elm.ts'
import type { JudgedPerson, Populations } from './judged-person.ts'

export type CodedValue = Readonly<{ code: string; system: string }>

export type MeasureCodes = Readonly<{ url: string; version: string; codes: readonly CodedValue[] }>

/** All that evaluating a measure needs. */
export type MeasureProgram = Readonly<{
  /** stays the same as long as the program does */
  key: string
  /** `Name` and version of the library whose definitions are the populations */
  main: string
  libraries: readonly ElmLibrary[]
  codeLists: readonly MeasureCodes[]
  populations: Populations
}>

export type PersonRecords = Readonly<{ person: string; records: readonly Resource[] }>

export type MeasurePeriod = Readonly<{ start: Date; end: Date; now: Date }>

/**
 * Evaluates compiled CQL. Rejects with `EvaluationFault` if the program fails, takes too long or wants too much memory;
 * nothing else is held up meanwhile.
 */
export type CqlEngine = Readonly<{
  evaluate(
    program: MeasureProgram,
    people: readonly PersonRecords[],
    period: MeasurePeriod,
  ): Promise<readonly JudgedPerson[]>
  /** the bundles of the measures that come with Gable */
  ownMeasures(): Promise<readonly Bundle[]>
}>

/** In words for whoever asked. */
export class EvaluationFault extends Error {
  override name = 'EvaluationFault'
}
