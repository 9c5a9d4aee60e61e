import { useState } from 'react'
import { FhirError } from '#data/wire/fhir-error.ts'

export type Saving = 'still' | 'going' | 'done' | 'failed'

/**
 * How far a file is that was asked for. `why` holds the service's own words. `isRefused`: it
 * said no and did nothing; when an answer is lost, or the service breaks, it may have been done all the same.
 */
export function useSaving(save: () => Promise<void>) {
  const [state, setState] = useState<Saving>('still')
  const [why, setWhy] = useState('')
  const [isRefused, setRefused] = useState(false)
  async function start() {
    setState('going')
    try {
      await save()
      setState('done')
    } catch (error) {
      setWhy(error instanceof FhirError ? error.message : '')
      setRefused(error instanceof FhirError && error.status >= 400 && error.status < 500)
      setState('failed')
    }
  }
  return { state, why, isRefused, start: () => void start() }
}
