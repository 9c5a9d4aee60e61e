import { useState } from 'react'

export type AsyncAction = Readonly<{
  pending: boolean
  failure: unknown
  /** true if it succeeded */
  run: (work: () => Promise<unknown>) => Promise<boolean>
}>

/** One action in progress, and its error. */
export function useAsyncAction(): AsyncAction {
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const run = async (work: () => Promise<unknown>) => {
    setPending(true)
    setFailure(undefined)
    try {
      await work()
      return true
    } catch (error) {
      setFailure(error)
      return false
    } finally {
      setPending(false)
    }
  }
  return { pending, failure, run }
}
