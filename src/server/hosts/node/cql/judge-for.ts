import type { MeasurePeriod, MeasureProgram, PersonRecords } from '#domain/quality/evaluation.ts'
import { type JudgedPerson, judgedPerson } from '#domain/quality/judged-person.ts'
import { cqlExecFhir, cqlExecution } from './cql-execution.ts'

type Judge = (
  people: readonly PersonRecords[],
  period: MeasurePeriod,
) => Promise<readonly JudgedPerson[]>

/** Makes a measure ready once, for any number of people. */
export function judgeFor({ libraries, main, codeLists, populations }: MeasureProgram): Judge {
  const library = libraries.find((each) => each.identifier?.id === main)
  if (!library) throw new Error(`There is no library ${main}`)
  const repository = new cqlExecution.Repository(libraries.map((each) => ({ library: each })))
  const program = new cqlExecution.Library({ library }, repository)
  const codes = new cqlExecution.CodeService(valueSets(codeLists))
  const model = cqlExecFhir.PatientSource.FHIRv401()
  return async (people, { start, end, now }) => {
    const period = new cqlExecution.Interval(momentOf(start), momentOf(end), true, true)
    const executor = new cqlExecution.Executor(program, codes, { 'Measurement Period': period })
    model.loadBundles(people.map(bundleOf))
    const { patientResults } = await executor.exec(model, momentOf(now))
    model.reset()
    return people.map(({ person }) =>
      judgedPerson(person, { library, populations }, patientResults[person] ?? {}),
    )
  }
}

const momentOf = (moment: Date) => cqlExecution.DateTime.fromJSDate(moment, 0)

const bundleOf = ({ records }: PersonRecords) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: records.map((resource) => ({ resource })),
})

function valueSets(lists: MeasureProgram['codeLists']) {
  const found: Record<
    string,
    Record<string, { code: string; system: string; version: string }[]>
  > = {}
  for (const { url, version, codes } of lists) {
    const versions = found[url] ?? {}
    versions[version] = codes.map((each) => ({ ...each, version: '' }))
    found[url] = versions
  }
  return found
}
