import { useRef, useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { type CancellableProgress, CancelledError } from './cancellable.ts'

export type CancellableTaskState = 'still' | 'going' | 'done' | 'stopped' | 'failed'

/**
 * Progress of long work that was requested. `why` holds the service's own text. `isRefused`: it was refused and nothing
 * was done; if an answer is lost, or the service fails, it may have been done.
 */
export function useCancellableTask<Progress = never>(
  save: (watch: Required<CancellableProgress<Progress>>) => Promise<void>,
) {
  const [state, setState] = useState<CancellableTaskState>('still')
  const [why, setWhy] = useState('')
  const [isRefused, setRefused] = useState(false)
  const [progress, setProgress] = useState<Progress>()
  const stopper = useRef<AbortController>(undefined)
  async function start() {
    const stopping = new AbortController()
    stopper.current = stopping
    setProgress(undefined)
    setState('going')
    try {
      await save({ onProgress: setProgress, stop: stopping.signal })
      setState('done')
    } catch (error) {
      setWhy(error instanceof FhirError ? error.message : '')
      setRefused(error instanceof FhirError && error.status >= 400 && error.status < 500)
      setState(error instanceof CancelledError ? 'stopped' : 'failed')
    }
  }
  return {
    ...{ state, why, isRefused, progress },
    start: () => void start(),
    stop: () => stopper.current?.abort(),
  }
}
