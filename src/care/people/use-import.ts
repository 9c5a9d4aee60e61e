import { useEffect, useRef, useState } from 'react'
import { FhirError } from '#data/fhir-error.ts'
import { bringIn, type ImportProgress, type ImportResult } from '#data/import.ts'

export type ImportRun =
  | { step: 'choosing' }
  | { step: 'going'; progress: ImportProgress; stopping: boolean }
  | { step: 'done'; result: ImportResult }
  | { step: 'failed'; why: FailedWhy; records: number }

export type FailedWhy = 'connection' | 'signed-out' | 'forbidden' | 'broken'

function whyFailed(error: unknown): FailedWhy {
  if (!(error instanceof FhirError)) return 'broken'
  if (error.kind === 'offline' || error.kind === 'unreachable') return 'connection'
  return error.kind === 'signed-out' || error.kind === 'forbidden' ? error.kind : 'broken'
}

/** One run of bringing files in. Leaving the page stops it after the call under way. */
export function useImport() {
  const [run, setRun] = useState<ImportRun>({ step: 'choosing' })
  const stopper = useRef<AbortController>(undefined)
  useEffect(() => () => stopper.current?.abort(), [])

  async function start(files: readonly File[]): Promise<void> {
    if (files.length === 0) return
    stopper.current = new AbortController()
    const { signal } = stopper.current
    let records = 0
    const onProgress = (progress: ImportProgress) => {
      records = progress.records
      setRun({ step: 'going', progress, stopping: signal.aborted })
    }
    try {
      setRun({ step: 'done', result: await bringIn(files, { onProgress, stop: signal }) })
    } catch (error) {
      setRun({ step: 'failed', why: whyFailed(error), records })
    }
  }

  function stop(): void {
    stopper.current?.abort()
    setRun((now) => (now.step === 'going' ? { ...now, stopping: true } : now))
  }

  return { run, start, stop }
}
