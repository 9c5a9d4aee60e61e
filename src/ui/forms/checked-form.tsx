import type { FormHTMLAttributes } from 'react'
import { focusFirstError } from './focus-first-error.ts'

type CheckedFormProps = Omit<FormHTMLAttributes<HTMLFormElement>, 'onSubmit' | 'noValidate'> &
  Readonly<{ onSubmit: () => void | Promise<void> }>

/** A form whose fields say themselves what is wrong: after each try the focus goes to the first that does. */
export function CheckedForm({ onSubmit, ...rest }: CheckedFormProps) {
  return (
    <form
      {...rest}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit()
        focusFirstError(event.currentTarget)
      }}
    />
  )
}
