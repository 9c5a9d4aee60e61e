import { type ReactNode, useId, useState } from 'react'

type Props = Readonly<{
  title: ReactNode
  children: ReactNode
  /** something was begun in it: it is open when the page opens */
  isBegun?: boolean
}>

/** One thing that waits for the reader: a line that opens. Only one of these lines is open at a time. */
export function OpeningLine({ title, children, isBegun = false }: Props) {
  const id = useId()
  const [isOpen] = useState(isBegun)
  return (
    <section aria-labelledby={id}>
      <details className="gable-line" name="for-today" open={isOpen}>
        <summary>
          <h3 id={id}>{title}</h3>
        </summary>
        <div className="gable-line__body">{children}</div>
      </details>
    </section>
  )
}
