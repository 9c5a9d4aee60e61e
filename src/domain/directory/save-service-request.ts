import type { Bundle } from '@medplum/fhirtypes'
import {
  as,
  boolean,
  group,
  type In,
  id,
  integer,
  list,
  optional,
  parameters,
  record,
  text,
  yes,
} from '#domain/fhir/parameters.ts'

/** The input of `$save-service`: a new entry (id made by the client), or an entry as it is to be. */
export const saveServiceRequest = parameters({
  ...{ id, name: text, provider: text, organisation: optional(id), what: text },
  areas: as('area', list(text)),
  waitingWeeks: optional(integer),
  ...{ eligibility: text, howToRefer: text, phone: text, isSocial: boolean, isEnded: boolean },
  checkedOn: optional(text),
  /** the version that was changed; absent for a new entry */
  version: optional(integer),
})
export type SaveService = In<typeof saveServiceRequest>

/** The input of `$import-services`: a CSV text or a Bundle; `trial`: only say what would happen. */
export const importServicesRequest = parameters({
  csv: text,
  bundle: record<Bundle>('Bundle'),
  trial: yes,
})

/** What came of it: how many are new, changed and the same, and each line that was refused. */
export const importServicesAnswer = parameters({
  ...{ added: integer, changed: integer, same: integer },
  refused: list(group({ line: integer, name: text, reason: text })),
})
export type ImportedServices = In<typeof importServicesAnswer>
