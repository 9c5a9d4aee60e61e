import { useState } from 'react'
import { type NavigateOptions, useSearchParams } from 'react-router'

type Change = (next: URLSearchParams, how?: NavigateOptions) => void

/**
 * The query of the address, and a way to change it that is visible at once. The address follows a moment later, and a
 * checkbox that waited for it would show its old state until then.
 */
export function useSearch(): readonly [search: URLSearchParams, change: Change] {
  const [inAddress, setInAddress] = useSearchParams()
  const [ahead, setAhead] = useState({ of: inAddress, search: inAddress })
  const change: Change = (search, how) => {
    setAhead({ of: inAddress, search })
    setInAddress(search, how)
  }
  return [ahead.of === inAddress ? ahead.search : inAddress, change]
}
