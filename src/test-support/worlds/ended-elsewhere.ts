/** A case that ended with an outcome in the words of another system. */
export const endedElsewhere = {
  status: 'finished',
  extension: [
    {
      url: 'https://gable.example/fhir/case-outcome',
      valueCodeableConcept: { coding: [{ system: 'https://elsewhere.example', code: 'ended' }] },
    },
  ],
}
