import { useEffect, useRef, useState } from 'react'
import {
  bringIn,
  goOn,
  type ImportProgress,
  type ImportResult,
} from '#client/queries/admin/import.ts'

export type ImportRun =
  | { step: 'choosing' }
  | { step: 'going'; progress: ImportProgress | undefined; stopping: boolean }
  | { step: 'done'; result: ImportResult }

/** One run of bringing files in. Leaving the page stops it after the call under way. */
export function useImport() {
  const [run, setRun] = useState<ImportRun>({ step: 'choosing' })
  const stopper = useRef<AbortController>(undefined)
  useEffect(() => () => stopper.current?.abort(), [])

  type Watch = Parameters<typeof goOn>[1]
  async function during(work: (watch: Watch) => Promise<ImportResult>): Promise<void> {
    const stopping = new AbortController()
    stopper.current = stopping
    setRun({ step: 'going', progress: undefined, stopping: false })
    const result = await work({
      stop: stopping.signal,
      onProgress: (progress) =>
        setRun({ step: 'going', progress, stopping: stopping.signal.aborted }),
    })
    setRun({ step: 'done', result })
  }

  function stop(): void {
    stopper.current?.abort()
    setRun((now) => (now.step === 'going' ? { ...now, stopping: true } : now))
  }

  return {
    run,
    stop,
    start: (files: readonly File[]) =>
      files.length > 0 ? during((watch) => bringIn(files, watch)) : Promise.resolve(),
    resume: (result: ImportResult) => during((watch) => goOn(result, watch)),
  }
}
