import { useState } from 'react'
import { FhirError } from '#data/wire/fhir-error.ts'

export type Saving = 'still' | 'going' | 'done' | 'failed'

/** How far a file is that was asked for. `why` holds the service's own words when it was refused. */
export function useSaving(save: () => Promise<void>) {
  const [state, setState] = useState<Saving>('still')
  const [why, setWhy] = useState('')
  async function start() {
    setState('going')
    try {
      await save()
      setState('done')
    } catch (error) {
      setWhy(error instanceof FhirError ? error.message : '')
      setState('failed')
    }
  }
  return { state, why, start: () => void start() }
}
