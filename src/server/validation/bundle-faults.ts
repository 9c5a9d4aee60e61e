import type { Bundle, OperationOutcomeIssue } from '@medplum/fhirtypes'
import { issueOf } from '#server/problem.ts'

/** What FHIR asks of a document (invariants bdl-9 to bdl-11, and bdl-7 for every bundle), beyond the shape of a Bundle. */
export function faultsOfBundle(bundle: Bundle): readonly OperationOutcomeIssue[] {
  const faults: OperationOutcomeIssue[] = []
  const fault = (text: string, place: string) => faults.push(issueOf('invariant', text, place))
  const addresses = (bundle.entry ?? []).flatMap(({ fullUrl, resource }) =>
    fullUrl ? [`${fullUrl} ${resource?.meta?.versionId ?? ''}`] : [],
  )
  if (new Set(addresses).size < addresses.length)
    fault('Two entries have the same fullUrl', 'Bundle.entry.fullUrl')
  if (bundle.type !== 'document') return faults
  if (!bundle.identifier?.system || !bundle.identifier.value)
    fault('A document has an identifier with a system and a value', 'Bundle.identifier')
  if (!bundle.timestamp) fault('A document says when it was made', 'Bundle.timestamp')
  if (bundle.entry?.[0]?.resource?.resourceType !== 'Composition')
    fault('The first entry of a document is a Composition', 'Bundle.entry')
  return faults
}
