import type { ReactNode } from 'react'
import { Button } from '#ui/layout/button.tsx'

/** The end of a form: `children` is the button that sends it, `leave` the way out. */
export function FormBar(
  props: Readonly<{
    pending: boolean
    leave: ReactNode
    onLeave: () => void
    children: ReactNode
  }>,
) {
  const { pending, leave, onLeave, children } = props
  return (
    <div className="coordinate-form__bar">
      <Button type="submit" pending={pending}>
        {children}
      </Button>
      <Button variant="link" onClick={onLeave}>
        {leave}
      </Button>
    </div>
  )
}
