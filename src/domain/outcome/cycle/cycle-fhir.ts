import type { Basic, Resource } from '@medplum/fhirtypes'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import { parametersInExtension } from '#domain/fhir/parameters-in-extension.ts'
import { extensionOf, ownCode } from '#domain/fhir/references-and-extensions.ts'
import { type KeptCycle, keptCycle } from './learning-cycle.ts'

export const cycleCode = 'learning-cycle'

export const isLearningCycle = (resource: Resource | undefined): boolean =>
  resource?.resourceType === 'Basic' &&
  (resource.code?.coding ?? []).some(
    (each) => each.system === gableCodeSystem && each.code === cycleCode,
  )

export const cycleToFhir = (
  id: string,
  cycle: KeptCycle,
  author: string,
): Basic & { id: string } => ({
  ...{ resourceType: 'Basic', id, code: ownCode(cycleCode) },
  meta: { security: [{ ...professionalOnly }] },
  author: author ? { reference: author, display: cycle.by } : { display: cycle.by },
  extension: [
    { url: gableUrl(cycleCode), extension: [...parametersInExtension.write(keptCycle, cycle)] },
  ],
})

export const cycleFromFhir = (record: Basic): KeptCycle =>
  parametersInExtension.read(keptCycle, extensionOf(record, cycleCode)?.extension ?? [])
