import { id, parameters } from '#domain/fhir/parameters.ts'

/** The input of `$answered-alone`. */
export const answeredAloneRequest = parameters({ patient: id })
