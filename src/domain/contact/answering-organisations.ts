import type { Resource } from '@medplum/fhirtypes'

/** The organisations whose telephone hours count for a person: the practice, and who manages the record or the case. */
export function answeringOrganisations(records: readonly Resource[]): readonly string[] {
  const found = records.flatMap((each) => {
    if (each.resourceType === 'EpisodeOfCare') return [each.managingOrganization]
    if (each.resourceType !== 'Patient') return []
    return [each.managingOrganization, ...(each.generalPractitioner ?? [])]
  })
  const references = found.flatMap((each) => each?.reference ?? [])
  return [...new Set(references)].filter((each) => each.startsWith('Organization/'))
}
