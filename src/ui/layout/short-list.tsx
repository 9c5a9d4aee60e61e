import { Plural } from '@lingui/react/macro'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'

type Props = Readonly<{
  /** each a list item with a key */
  items: readonly ReactElement[]
  /** so many are there at once, the rest on request */
  most: number
  className?: string
}>

/** The first of a list, and a button that shows the rest. */
export function ShortList({ items, most, className }: Props) {
  const [isWhole, setWhole] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const left = items.length - most
  useEffect(() => {
    const next = isWhole ? list.current?.children[most] : undefined
    if (!(next instanceof HTMLElement)) return
    next.tabIndex = -1
    next.focus()
  }, [isWhole, most])
  return (
    <>
      <ul ref={list} className={className}>
        {isWhole ? items : items.slice(0, most)}
      </ul>
      {left > 0 && !isWhole ? (
        <Button variant="link" onClick={() => setWhole(true)}>
          <Plural value={left} one="Show # more" other="Show # more" />
        </Button>
      ) : null}
    </>
  )
}
