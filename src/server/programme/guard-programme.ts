import type { Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isProgramme, isProgrammeEntry } from '#domain/programme/is-programme.ts'
import { forbidden } from '#server/problem.ts'

const isOfProgramme = (resource: Resource) => isProgramme(resource) || isProgrammeEntry(resource)

const labelsOf = ({ meta }: Resource) =>
  (meta?.security ?? [])
    .map(({ system, code }) => `${system}|${code}`)
    .toSorted()
    .join()

/** Whether a write says something else of a programme, or of who is in it, than what stands; a label says who reads it. */
export function changesProgramme(resource: Resource, before: Resource | undefined): boolean {
  if (!isOfProgramme(resource) && !(before && isOfProgramme(before))) return false
  if (!before || labelsOf(before) !== labelsOf(resource)) return true
  return changedElements(before, resource).length > 0
}

/** The definition and the steps are counted and put in order by the service: nothing else writes them. Throws 403. */
export function mustNotBeOfProgramme(resource: Resource, before: Resource | undefined): void {
  if (!changesProgramme(resource, before)) return
  throw forbidden(
    'Programmes change through $save-programme, and their steps through $programme-step',
  )
}

/** What was planned and done stays. Throws 403. */
export function mustStayOfProgramme(stored: Resource): void {
  if (isProgramme(stored)) throw forbidden('A programme is not deleted. Take it out of use')
  if (isProgrammeEntry(stored)) throw forbidden('What was done in a programme is not deleted')
}
