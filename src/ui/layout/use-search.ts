import { useState } from 'react'
import { type NavigateOptions, useSearchParams } from 'react-router'

type Change = (next: URLSearchParams, how?: NavigateOptions) => void

/**
 * What stands behind the question mark of the address, and a way to change it that is seen at once. The address follows
 * a moment later, and a box that waited for it would show its old tick until then.
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
