import { useEffect, useLayoutEffect, useState } from 'react'
import { Outlet, useLocation, useNavigation } from 'react-router'
import { PatienceContext } from '#ui/feedback/skeleton.tsx'
import { pageArrived, patienceWith } from './page-patience.ts'

/**
 * Every page is inside. On the way to the next one the page before stays in sight; if that takes long, a line above it
 * moves; if it takes longer still, the next one shows that it is loading.
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

/** What takes less, in milliseconds, needs no sign. */
const quick = 300

function Progress() {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setSlow, quick, true)
    return () => clearTimeout(timer)
  }, [])
  return isSlow ? <div className="gable-page-change" /> : null
}
