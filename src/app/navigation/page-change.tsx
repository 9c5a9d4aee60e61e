import { useEffect, useLayoutEffect, useState } from 'react'
import { Outlet, useLocation, useNavigation } from 'react-router'
import { PatienceContext } from '#ui/feedback/skeleton.tsx'
import { pageArrived, patienceWith } from './page-patience.ts'

/**
 * Wraps every page. During a change of page the previous page stays visible; if it takes long, a progress line moves
 * above it; if it takes longer still, the next page shows that it is loading.
 */
export function PageChange() {
  const { location: next } = useNavigation()
  const { key } = useLocation()
  if (next) patienceWith(next.key)
  const { over } = patienceWith(key)
  useLayoutEffect(() => pageArrived(key), [key])
  return (
    <PatienceContext value={over}>
      {next ? <Progress key={next.key} /> : null}
      <Outlet />
    </PatienceContext>
  )
}

/** A change that takes less than this, in milliseconds, shows no progress. */
const quick = 300

function Progress() {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setSlow, quick, true)
    return () => clearTimeout(timer)
  }, [])
  return isSlow ? <div className="gable-page-change" /> : null
}
