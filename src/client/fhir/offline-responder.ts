import type { FhirError } from './fhir-error.ts'

/** One request for records, before it goes anywhere. */
export type FhirCall = Readonly<{
  method: string
  path: string
  body?: unknown
  headers?: Record<string, string>
  form?: URLSearchParams
  signal?: AbortSignal
  /** timeout in milliseconds, if it differs from the default */
  patience?: number
}>

/** Answers requests if the network does not. */
export type OfflineResponder = Readonly<{
  /** whether there is a network to try */
  isAway: () => boolean
  /** rejects with a `FhirError` when the device has no answer */
  answer: (call: FhirCall) => Promise<unknown>
  /**
   * the same after a request that failed on the way: the server may have done it; rejects with `lost` if the device
   * cannot help
   */
  afterLoss: (call: FhirCall, lost: FhirError) => Promise<unknown>
  /** the server accepted a write, and answered it */
  afterWrite: (call: FhirCall, answer: unknown) => void
  /** somebody changed a record, for example `Goal/1` */
  afterChange: (reference: string) => void
  /** this user's access has changed, or events were missed */
  afterGap: () => void
}>

let standIn: OfflineResponder | undefined

export const currentOfflineResponder = () => standIn

/** From now on `other` answers when offline; undefined: nothing does. */
export function setOfflineResponder(other: OfflineResponder | undefined): void {
  standIn = other
}
