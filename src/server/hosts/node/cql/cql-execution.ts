import { createRequire } from 'node:module'

type DateTime = Readonly<{ isDateTime: boolean }>
type People = Readonly<{ loadBundles(bundles: readonly object[]): void; reset(): void }>
type Results = Readonly<{
  patientResults: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}>

/** What is used of `cql-execution`, whose own types say `any` of most. */
type CqlExecution = Readonly<{
  Repository: new (libraries: readonly object[]) => object
  Library: new (library: object, repository: object) => object
  CodeService: new (valueSets: object) => object
  Interval: new (low: DateTime, high: DateTime, lowClosed: boolean, highClosed: boolean) => object
  DateTime: Readonly<{ fromJSDate(moment: Date, hoursFromUtc: number): DateTime }>
  Executor: new (
    library: object,
    codes: object,
    parameters: object,
  ) => Readonly<{ exec(people: People, now: DateTime): Promise<Results> }>
}>

/** … and of `cql-exec-fhir`. */
type CqlExecFhir = Readonly<{ PatientSource: Readonly<{ FHIRv401(): People }> }>

const require = createRequire(import.meta.url)

export const cqlExecution: CqlExecution = require('cql-execution')
export const cqlExecFhir: CqlExecFhir = require('cql-exec-fhir')
