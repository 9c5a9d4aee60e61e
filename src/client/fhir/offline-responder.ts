import type { FhirError } from './fhir-error.ts'

/** One call against the record, before it goes anywhere. */
export type FhirCall = Readonly<{
  method: string
  path: string
  body?: unknown
  headers?: Record<string, string>
  form?: URLSearchParams
  signal?: AbortSignal
  /** how long to wait for the answer, in milliseconds, where that is not as long as for others */
  patience?: number
}>

/** Who answers calls when the network does not. */
export type OfflineResponder = Readonly<{
  /** whether there is a network to try at all */
  isAway: () => boolean
  /** rejects with a `FhirError` when the device has no answer */
  answer: (call: FhirCall) => Promise<unknown>
  /** the same after a call that was sent and came to nothing: it may have been done; rejects with `lost` when it cannot help */
  afterLoss: (call: FhirCall, lost: FhirError) => Promise<unknown>
  /** the server took a write */
  afterWrite: (call: FhirCall) => void
  /** somebody changed a record, e.g. `Goal/1` */
  afterChange: (reference: string) => void
  /** the reader may see more or less than before, or was not told of every change */
  afterGap: () => void
}>

let standIn: OfflineResponder | undefined

export const currentOfflineResponder = () => standIn

/** From now on `other` answers without a network; nobody when it is undefined. */
export function setOfflineResponder(other: OfflineResponder | undefined): void {
  standIn = other
}
