const base = 'https://gable.example/fhir'
const version = '1.0.0'

type Described = Readonly<{
  name: string
  date: string
  title: string
  description: string
  rationale: string
  valueSets: readonly Readonly<{
    name: string
    title: string
    system: string
    codes: readonly string[]
  }>[]
}>

const populations = [
  ['initial-population', 'Initial population'],
  ['denominator', 'Denominator'],
  ['denominator-exclusion', 'Denominator exclusion'],
  ['numerator', 'Numerator'],
] as const

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

/** The bundle in which a measure of ours comes, like those of others. */
export function measureBundleOf(measure: Described, cql: string, elm: unknown): object {
  const { name, date, title, description, rationale } = measure
  const resources = [
    {
      ...{ resourceType: 'Measure', id: name, url: `${base}/Measure/${name}`, version, name, title },
      ...{ status: 'active', date, description, rationale },
      library: [`${base}/Library/${name}|${version}`],
      scoring: coded('http://terminology.hl7.org/CodeSystem/measure-scoring', 'proportion'),
      improvementNotation: coded(
        'http://terminology.hl7.org/CodeSystem/measure-improvement-notation',
        'increase',
      ),
      group: [
        {
          population: populations.map(([code, expression]) => ({
            code: coded('http://terminology.hl7.org/CodeSystem/measure-population', code),
            criteria: { language: 'text/cql-identifier', expression },
          })),
        },
      ],
    },
    {
      ...{ resourceType: 'Library', id: name, url: `${base}/Library/${name}`, version, name },
      ...{ status: 'active', date },
      type: coded('http://terminology.hl7.org/CodeSystem/library-type', 'logic-library'),
      content: [
        { contentType: 'text/cql', data: base64(cql) },
        { contentType: 'application/elm+json', data: base64(JSON.stringify(elm)) },
      ],
    },
    ...measure.valueSets.map((each) => ({
      ...{ resourceType: 'ValueSet', id: each.name, url: `${base}/ValueSet/${each.name}`, version },
      ...{ status: 'active', title: each.title },
      compose: { include: [{ system: each.system, concept: each.codes.map((code) => ({ code })) }] },
    })),
  ]
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource })),
  }
}

const coded = (system: string, code: string) => ({ coding: [{ system, code }] })
