const population = 'http://terminology.hl7.org/CodeSystem/measure-population'
const nlm = 'http://cts.nlm.nih.gov/fhir/ValueSet'

const populations = [
  ['initial-population', 'Initial Population'],
  ['denominator', 'Denominator'],
  ['denominator-exclusion', 'Denominator Exclusions'],
  ['numerator', 'Numerator'],
] as const

const valueSets = [
  ['2.16.840.1.113883.3.464.1003.103.12.1001', 'http://snomed.info/sct', '44054006'],
  ['2.16.840.1.113883.3.464.1003.198.12.1013', 'http://loinc.org', '4548-4'],
  ['2.16.840.1.113762.1.4.1108.15', 'http://snomed.info/sct', '305336008'],
] as const

const coded = (system: string, code: string) => ({ coding: [{ system, code }] })

const library = (name: string, version: string, elm: unknown) => ({
  ...{ resourceType: 'Library', id: name, name, version, status: 'active' },
  url: `http://example.org/quality/Library/${name}`,
  type: coded('http://terminology.hl7.org/CodeSystem/library-type', 'logic-library'),
  content: [
    {
      contentType: 'application/elm+json',
      data: Buffer.from(JSON.stringify(elm), 'utf8').toString('base64'),
    },
  ],
})

/**
 * A measure in the shape of those of others, made by hand for tests: a library of helpers, value sets under numbers, names
 * without spaces, less is better. Its question is that of CMS122 (Diabetes: HbA1c poor control, over 9 %).
 */
export const testMeasureOf = (elm: unknown, helpers: unknown): object => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      ...{ resourceType: 'Measure', id: 'measure-poor-control', name: 'DiabetesPoorControl' },
      ...{ url: 'http://example.org/quality/Measure/DiabetesPoorControl', version: '11.0.000' },
      ...{ title: 'Diabetes: HbA1c over 9 % or not measured', status: 'draft', experimental: true },
      ...{ date: '2026-01-01', publisher: 'Made for tests' },
      library: ['http://example.org/quality/Library/DiabetesPoorControl'],
      scoring: coded('http://terminology.hl7.org/CodeSystem/measure-scoring', 'proportion'),
      improvementNotation: coded(
        'http://terminology.hl7.org/CodeSystem/measure-improvement-notation',
        'decrease',
      ),
      group: [
        {
          id: 'group-1',
          population: populations.map(([code, expression]) => ({
            id: code,
            code: coded(population, code),
            criteria: { language: 'text/cql.identifier', expression },
          })),
        },
      ],
      supplementalData: [
        { criteria: { language: 'text/cql.identifier', expression: 'SDE Sex' } },
      ],
    },
    library('DiabetesPoorControl', '11.0.000', elm),
    library('FHIRHelpers', '4.0.1', helpers),
    ...valueSets.map(([number, system, code]) => ({
      ...{ resourceType: 'ValueSet', id: number, url: `${nlm}/${number}`, status: 'active' },
      expansion: { timestamp: '2026-01-01T00:00:00Z', contains: [{ system, code }] },
    })),
  ].map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  })),
})
