import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'

/** A practice as a person’s record names it: since when they are on its list, until when, and why they left. */
export const onListOf = (organisation: string, period?: object, why?: string) => ({
  reference: `Organization/${organisation}`,
  ...(period
    ? {
        extension: [
          { url: 'https://gable.example/fhir/registered', valuePeriod: period },
          ...(why ? [{ url: 'https://gable.example/fhir/left-why', valueString: why }] : []),
        ],
      }
    : {}),
})

export const onBrooksList = onListOf('brook-surgery', { start: '2024-01-01' })

/** Somebody on the list of Brook Surgery. */
export const somebodyOnList = (id: string, more: object = {}) =>
  ({
    ...{ resourceType: 'Patient', id, birthDate: '1950-01-01' },
    name: [{ family: `Hill${id}`, given: ['Zoë'] }],
    generalPractitioner: [onBrooksList],
    ...more,
  }) as ResourceWithId
