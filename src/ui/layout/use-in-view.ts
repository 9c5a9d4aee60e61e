import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

/** Brings the part that the address names into view, once it is there; `isAsked`: the address names it. */
export function useInView(id: string) {
  const part = useRef<HTMLDivElement>(null)
  const { hash } = useLocation()
  const isAsked = hash === `#${id}`
  useEffect(() => {
    if (isAsked) part.current?.scrollIntoView({ block: 'center' })
  }, [isAsked])
  return { part, isAsked }
}
