import type { Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** Code of a Task that suggests an item of a template. */
export const templateItemCode = 'template-item'

/** True for what a template suggests for one person: the team and the person choose. */
export const isTemplateItem = (resource: Resource | undefined): boolean =>
  resource?.resourceType === 'Task' &&
  (resource.code?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === templateItemCode,
  ) ??
    false)

/** The kind of an item, as its Task says. */
export const kindOfItem = (resource: Resource): string =>
  resource.resourceType === 'Task'
    ? (resource.input?.find((each) => each.type.coding?.some(({ code }) => code === 'kind'))
        ?.valueString ?? '')
    : ''
