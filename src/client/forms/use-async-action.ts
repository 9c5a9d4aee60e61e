import { useState } from 'react'

export type AsyncAction = Readonly<{
  pending: boolean
  failure: unknown
  /** true when the work went through */
  run: (work: () => Promise<unknown>) => Promise<boolean>
}>

/** One thing being done, and what went wrong with it. */
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
